{#- Grain: one row: how many profiles the goal made, changed, and left as they were. -#}
select
    count(*) filter (where earlier.profile_id is null) as created,
    count(*) filter (where earlier.profile_id is not null) as updated,
    (select count(*) from {{ relations.changed_profiles }}) - count(*) as unchanged
from {{ relations.profiles }} as changed
left join {{ plan.table }} as earlier
    on changed.profile_id = earlier.profile_id
