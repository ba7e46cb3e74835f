{#-
    Grain: one row per event or item that a line told of, and that no line with its key in the
    batch tells of any more: the line is another's now, or was withdrawn.
-#}
select earlier.*
from runner.event_lineage as earlier
semi join {{ relations.rows }} as rows_read
    on earlier.key_hash = rows_read.key_hash
anti join {{ batch_lineage }} as telling
    on earlier.key_hash = telling.key_hash
    and earlier.type = telling.type
    and earlier.event_id = telling.event_id
    and earlier.nested = telling.nested
    and earlier.item = telling.item
where earlier.goal = {{ text(plan.name) }}
