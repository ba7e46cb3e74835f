-- runner/sql/import/link_counts.sql, for connections/shop.yml:5
select
    'order_lines' as source,
    (select count(*) from "shop.orders.lines.order_lines") as line_count,
    (select count(distinct main_row) from "shop.orders.rows") as used_count,
    0 as missing_count,
    1 as source_number
union all
select
    'customers' as source,
    (select count(*) from "shop.orders.lines.customers") as line_count,
    (select count(distinct "customers row") from "shop.orders.rows") as used_count,
    (select count(*) from "shop.orders.rows" where "customers missing") as missing_count,
    2 as source_number
union all
select
    'areas' as source,
    (select count(*) from "shop.orders.lines.areas") as line_count,
    (select count(distinct "areas row") from "shop.orders.rows") as used_count,
    (select count(*) from "shop.orders.rows" where "areas missing") as missing_count,
    3 as source_number

order by source_number
