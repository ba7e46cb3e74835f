-- runner/sql/import/applied_rows.sql, for connections/shop.yml:5
select
    links.profile_id,
    links.outcome,
    rows_read.*
from "shop.orders.rows" as rows_read
positional join "shop.orders.links" as links
where
    rows_read.rowid = links.row_id
    and links.outcome in ('created', 'updated', 'duplicate')
union all by name
select
    repeated.profile_id,
    'repeated' as outcome,
    rows_read.*
from "shop.orders.rows_again" as rows_read
inner join "shop.orders.repeated_rows" as repeated
    on rows_read.row_order = repeated.row_order
