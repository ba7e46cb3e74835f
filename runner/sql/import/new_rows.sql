{#- Grain: one row per content hash that was applied for the first time (R5). -#}
select
    {{ text(plan.name) }} as goal,
    row_hash,
    profile_id,
    origin
from {{ relations.applied_rows }}
where outcome in ('created', 'updated')
