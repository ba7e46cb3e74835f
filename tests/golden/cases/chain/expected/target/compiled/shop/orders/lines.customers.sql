-- runner/sql/import/lines.sql, for connections/shop.yml:5
select
    cast(8589934594 as bigint) as shift,
    cast(null as bigint) as clean_origin,
    nullif(trim("email", ' 	'), '') as "customers.email",
    nullif(trim("id", ' 	'), '') as "customers.id",
    nullif(trim("postal_code", ' 	'), '') as "customers.postal_code",
    null as line_hash
from
    read_csv(
        '<project>/target/staging/34/3465f455ce620ac52becec2c628001b5e80376d2b60dc99939b10d247d5c16da',
        auto_detect = false,
        header = false,
        store_rejects = true,
        compression = 'none',
        skip = 1,
        delim = ',',
        quote = '"',
        escape = '"',
        columns = {
            'id': 'varchar',
            'email': 'varchar',
            'postal_code': 'varchar'
        }
    )
