{#- Grain: one row per row that counts under a `key` now, and did not before. -#}
select distinct
    {{ text(plan.name) }} as goal,
    last_rows.key_hash,
    last_rows.row_hash
from {{ relations.last_rows }} as last_rows
anti join (select row_hash from runner.keys where goal = {{ text(plan.name) }}) as earlier
    on last_rows.row_hash = earlier.row_hash
where last_rows.is_in_force
