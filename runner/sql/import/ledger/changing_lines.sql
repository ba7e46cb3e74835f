{#-
    Grain: one row per line of which the batch may change what it gives: all its
    rows are looked at, whosever they are.
-#}
{{ config(materialized='temporary', when=is_settling and plan.tracks_lines) }}
with

rows_read as (

    select key_hash
    from {{ relations.rows }}

),

joined as {{ not_materialized() }} (

    select
        key_hash,
        main_row,
        known_profile_id
    from {{ relations.joined }}

),

changing as (

    select profile_id
    from {{ relations.changing_profiles }}

),

absent as (

    select row_hash
    from {{ relations.absent_rows }}

),

counted as (

    select
        key_hash,
        row_hash
    from runner.keys
    where goal = {{ text(plan.name) }}

),

final as (

    select key_hash
    from rows_read
    union
    select joined.key_hash
    from joined
    semi join changing
        on joined.known_profile_id = changing.profile_id
    union
    select counted.key_hash
    from counted
    semi join absent
        on counted.row_hash = absent.row_hash
{% if plan.line_key %}
    union
    select key_hash
    from joined
    group by key_hash
    having min(main_row) < max(main_row)
{% endif %}

)

select * from final
