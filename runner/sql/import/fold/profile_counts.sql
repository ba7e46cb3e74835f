{#- Grain: one row: how many profiles, or groups, the goal made, changed, and left as they were. -#}
select
    count(*) filter (where earlier.{{ entity.id }} is null) as created,
    count(*) filter (where earlier.{{ entity.id }} is not null) as updated,
    (select count(*) from {{ relations.changed_profiles }}) - count(*) as unchanged
from {{ relations.profiles }} as changed
left join {{ entity.table }} as earlier
    on changed.{{ entity.id }} = earlier.{{ entity.id }}
