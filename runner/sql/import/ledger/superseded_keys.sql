{#-
    Grain: one row per row that counts under a `key`, and that a line of the batch with the same
    key replaced or withdrew.
-#}
select earlier.*
from runner.keys as earlier
semi join {{ relations.rows }} as rows_read
    on earlier.key_hash = rows_read.key_hash
anti join (select row_hash from {{ relations.last_rows }} where is_in_force) as rows_same
    on earlier.row_hash = rows_same.row_hash
where earlier.goal = {{ text(plan.name) }}
