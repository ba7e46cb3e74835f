{#-
    Grain: one row per joined row of the last line per `key` in the batch;
    `is_in_force` if that line is applied, now or in an earlier build.
-#}
with

rows_linked as (

    select
        rows_read.main_row,
        rows_read.key_hash,
        rows_read.row_hash,
        links.profile_id,
{% for sources in plan.lines %}
        rows_read.{{ plan.line(loop.index) }},
{% endfor %}
        links.outcome in ('created', 'updated', 'duplicate', 'unchanged')
            as is_in_force,
        max(rows_read.main_row)
            over (partition by rows_read.key_hash) as last_row
    from {{ side_by_side(relations.rows, relations.links) }}
    where rows_read.rowid = links.row_id

),

final as (

    select * exclude (last_row)
    from rows_linked
    where main_row = last_row

)

select * from final
