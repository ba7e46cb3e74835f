{#-
    Grain: one row per row that a line gave before and gives no more: another
    line with its `key` replaced or deleted it, it is joined to others, or it is
    gone from its file (F9).
-#}
{{ config(
    materialized='delete',
    into='runner.keys',
    key=['goal', 'key_hash', 'row_hash'],
    when=plan.tracks_lines
) }}
with

earlier as (

    select *
    from runner.keys
    where goal = {{ text(plan.name) }}

),

rows_read as (

    select key_hash
    from {{ relations.rows }}
{% if plan.is_full %}
    union all
    select key_hash
    from {{ relations.replaced_lines }}
    where is_vanished
{% endif %}

),

rows_in_force as (

    select
        key_hash,
        row_hash
    from {{ relations.last_rows }}
    where is_in_force

),

final as (

    select earlier.*
    from earlier
    semi join rows_read
        on earlier.key_hash = rows_read.key_hash
    anti join rows_in_force
        on earlier.key_hash = rows_in_force.key_hash
        and earlier.row_hash = rows_in_force.row_hash

)

select * from final
