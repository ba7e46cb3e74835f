-- runner/sql/import/lines.sql, for connections/shop.yml:5
select
    cast(12884901890 as bigint) as shift,
    cast(null as bigint) as clean_origin,
    nullif(trim("area", ' 	'), '') as "areas.area",
    nullif(trim("city", ' 	'), '') as "areas.city",
    nullif(trim("income", ' 	'), '') as "areas.income",
    nullif(trim("postal_code", ' 	'), '') as "areas.postal_code",
    null as line_hash
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
