{#- Grain: one row per region. -#}
select
    region,
    cast(sum(orders) as bigint) as orders,
    cast(sum(total) as decimal(18, 2)) as total
from {{ ref('profiles') }}
group by region
