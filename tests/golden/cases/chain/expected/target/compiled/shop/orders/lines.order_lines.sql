-- runner/sql/import/lines.sql, for connections/shop.yml:5
select
    cast(4294967298 as bigint) as shift,
    cast(4294967296 as bigint) + " line_number" as clean_origin,
    nullif(trim("amount", ' 	'), '') as "order_lines.amount",
    nullif(trim("customer_id", ' 	'), '') as "order_lines.customer_id",
    nullif(trim("ordered_at", ' 	'), '') as "order_lines.ordered_at",
    nullif(trim("status", ' 	'), '') as "order_lines.status",
    md5_number(to_json(["amount", "customer_id", "order_id", "ordered_at", "status"])) as line_hash
from
    read_csv(
        '<project>/target/staging/66/66cafac8be2c56af3a0c169dd36e88a6d2707f203f32ca1dba73c55959362545.07ab61210e63.csv',
        auto_detect = false,
        header = false,
        store_rejects = true,
        compression = 'none',
        new_line = '\n',
        delim = ',',
        quote = '"',
        escape = '"',
        columns = {
            ' line_number': 'bigint',
            'order_id': 'varchar',
            'customer_id': 'varchar',
            'amount': 'varchar',
            'ordered_at': 'varchar',
            'status': 'varchar'
        }
    )
