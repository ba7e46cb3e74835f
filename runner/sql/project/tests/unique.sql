{#- Grain: one row per value that stands in more than one row. -#}
select
    {{ column }} as value,
    count(*) as row_count
from {{ relation }}
where
    {{ column }} is not null
    and ({{ where }})
group by {{ column }}
having count(*) > 1
