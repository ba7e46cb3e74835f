{#- Grain: one row per change, with its number of lines. -#}
select
    {{ name(names.change) }} as change,
    count(*) as line_count
from {{ relations.lines }}
group by {{ name(names.change) }}
order by
    change,
    line_count
