{#-
    Grain: one row per joined row of a line that no later line of the batch with
    the same `key` replaced. It is in force where it gives something to a
    profile.
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
