{#-
    Grain: one row per joined row of the lines that count: of several lines with
    one `key` in the batch the last. `is_in_force` if the row is applied, now or
    in an earlier build.
-#}
{{ config(materialized='temporary', when=plan.tracks_lines) }}
with

rows_linked as (

    select
        rows_read.main_row,
        rows_read.row_order,
        rows_read.origin,
        rows_read.key_hash,
        rows_read.row_hash,
        links.profile_id,
{% for sources in plan.lines %}
        rows_read.{{ plan.line(loop.index) }},
{% endfor %}
{% if plan.line_key %}
        max(rows_read.main_row)
            over (partition by rows_read.key_hash) as last_row,
{% endif %}
        links.outcome in ('created', 'updated', 'duplicate', 'unchanged')
            as is_in_force
    from {{ rows_with_links(relations.rows, relations.links) }}

),

final as (

{% if plan.line_key %}
    select {{ all_columns('rows_linked', ['last_row']) }}
    from rows_linked
    where main_row = last_row
{% else %}
    select * from rows_linked
{% endif %}

)

select * from final
