-- runner/sql/import/read/lines.sql, for connections/shop.yml:5
select
    cast(12884901890 as bigint)
        as shift,
    cast(null as bigint) as clean_origin,
    nullif(case
    when "area" > '!'
and not ends_with("area", ' ')
and not ends_with("area", e'\t')
and not ends_with("area", e'\n')
and not ends_with("area", e'\r')
and not ends_with("area", e'\f')
and not ends_with("area", e'\x0b')
and strlen("area") = length("area")
        then "area"
    else regexp_replace("area", '^[\s\x{b}\x{85}\pZ\x{ad}\x{61c}\x{180e}\x{200b}-\x{200f}\x{202a}-\x{202e}\x{2060}-\x{206f}\x{feff}]+|[\s\x{b}\x{85}\pZ\x{ad}\x{61c}\x{180e}\x{200b}-\x{200f}\x{202a}-\x{202e}\x{2060}-\x{206f}\x{feff}]+$', '', 'g')
end, '')
        as "areas.area",
    nullif(case
    when "city" > '!'
and not ends_with("city", ' ')
and not ends_with("city", e'\t')
and not ends_with("city", e'\n')
and not ends_with("city", e'\r')
and not ends_with("city", e'\f')
and not ends_with("city", e'\x0b')
and strlen("city") = length("city")
        then "city"
    else regexp_replace("city", '^[\s\x{b}\x{85}\pZ\x{ad}\x{61c}\x{180e}\x{200b}-\x{200f}\x{202a}-\x{202e}\x{2060}-\x{206f}\x{feff}]+|[\s\x{b}\x{85}\pZ\x{ad}\x{61c}\x{180e}\x{200b}-\x{200f}\x{202a}-\x{202e}\x{2060}-\x{206f}\x{feff}]+$', '', 'g')
end, '')
        as "areas.city",
    nullif(case
    when "income" > '!'
and not ends_with("income", ' ')
and not ends_with("income", e'\t')
and not ends_with("income", e'\n')
and not ends_with("income", e'\r')
and not ends_with("income", e'\f')
and not ends_with("income", e'\x0b')
and strlen("income") = length("income")
        then "income"
    else regexp_replace("income", '^[\s\x{b}\x{85}\pZ\x{ad}\x{61c}\x{180e}\x{200b}-\x{200f}\x{202a}-\x{202e}\x{2060}-\x{206f}\x{feff}]+|[\s\x{b}\x{85}\pZ\x{ad}\x{61c}\x{180e}\x{200b}-\x{200f}\x{202a}-\x{202e}\x{2060}-\x{206f}\x{feff}]+$', '', 'g')
end, '')
        as "areas.income",
    nullif(case
    when "postal_code" > '!'
and not ends_with("postal_code", ' ')
and not ends_with("postal_code", e'\t')
and not ends_with("postal_code", e'\n')
and not ends_with("postal_code", e'\r')
and not ends_with("postal_code", e'\f')
and not ends_with("postal_code", e'\x0b')
and strlen("postal_code") = length("postal_code")
        then "postal_code"
    else regexp_replace("postal_code", '^[\s\x{b}\x{85}\pZ\x{ad}\x{61c}\x{180e}\x{200b}-\x{200f}\x{202a}-\x{202e}\x{2060}-\x{206f}\x{feff}]+|[\s\x{b}\x{85}\pZ\x{ad}\x{61c}\x{180e}\x{200b}-\x{200f}\x{202a}-\x{202e}\x{2060}-\x{206f}\x{feff}]+$', '', 'g')
end, '')
        as "areas.postal_code",
    md5_number(to_json(["areas.area", "areas.city", "areas.income"])) as line_hash
from
    read_csv(
        '<project>/target/staging/70/70080187857412e56e42aa85291aa64d474f67ea3f032298842574cff158d190',
        auto_detect = false,
        header = false,
        store_rejects = true,
        compression = 'none',
        skip = 1,
        delim = ';',
        quote = '"',
        escape = '"',
        columns = {
            'postal_code': 'varchar',
            'area': 'varchar',
            'city': 'varchar',
            'income': 'varchar'
        }
    )
