-- runner/sql/import/outcomes.sql, for connections/shop.yml:5
select
    case
        when repeated.row_id is not null then 'updated'
        else links.outcome
    end as outcome,
    count(*) as row_count
from "shop.orders.links" as links
left join "shop.orders.repeated_rows" as repeated
    on links.row_id = repeated.row_id
group by all
