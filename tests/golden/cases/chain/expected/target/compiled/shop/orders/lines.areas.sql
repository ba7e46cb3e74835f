-- runner/sql/import/read/lines.sql, for connections/shop.yml:5
select
    cast(12884901890 as bigint) as shift,
    cast(null as bigint) as clean_origin,
    case
        when
            "area" > '!'
            and not ends_with("area", ' ')
            and not ends_with("area", '	')
            then "area"
        else nullif(trim("area", ' 	'), '')
    end
        as "areas.area",
    case
        when
            "city" > '!'
            and not ends_with("city", ' ')
            and not ends_with("city", '	')
            then "city"
        else nullif(trim("city", ' 	'), '')
    end
        as "areas.city",
    case
        when
            "income" > '!'
            and not ends_with("income", ' ')
            and not ends_with("income", '	')
            then "income"
        else nullif(trim("income", ' 	'), '')
    end
        as "areas.income",
    case
        when
            "postal_code" > '!'
            and not ends_with("postal_code", ' ')
            and not ends_with("postal_code", '	')
            then "postal_code"
        else nullif(trim("postal_code", ' 	'), '')
    end
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
