{#- Grain: one row per value that is not among the accepted ones. -#}
select
    {{ column }} as value,
    count(*) as row_count
from {{ relation }}
where
    {{ column }} is not null
    and not {{ has_item(values, 'cast(' ~ column ~ ' as string)') }}
    and ({{ where }})
group by {{ column }}
