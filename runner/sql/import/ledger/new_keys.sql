{#-
    Grain: one row per row that a line gives now, and did not before.
-#}
{{ config(materialized='append', into='runner.keys', when=plan.tracks_lines) }}
with

last_rows as (

    select
        key_hash,
        row_hash
    from {{ relations.last_rows }}
    where is_in_force

),

earlier as (

    select
        key_hash,
        row_hash
    from runner.keys
    where goal = {{ text(plan.name) }}

),

final as (

    select distinct
        {{ text(plan.name) }} as goal,
        last_rows.key_hash,
        last_rows.row_hash
    from last_rows
    anti join earlier
        on last_rows.key_hash = earlier.key_hash
        and last_rows.row_hash = earlier.row_hash

)

select * from final
