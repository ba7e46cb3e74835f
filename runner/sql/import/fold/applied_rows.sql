{#-
    Grain: one row per row that is applied to a profile, repeated rows included.
-#}
select
    links.profile_id,
    links.outcome,
    rows_read.*
from {{ side_by_side(relations.rows, relations.links) }}
where
    rows_read.rowid = links.row_id
    and links.outcome in ('created', 'updated', 'duplicate')
union all by name
select
    repeated.profile_id,
    'repeated' as outcome,
    rows_read.*
from {{ relations.rows_again }} as rows_read
inner join {{ relations.repeated_rows }} as repeated
    on rows_read.row_order = repeated.row_order
