{#- Grain: one row per row imported before that no file of the batch has. -#}
{{ config(materialized='temporary') }}
with

ledger as (

    select
        row_hash,
        profile_id,
        origin
    from runner.rows
    where goal = {{ text(plan.name) }}

),

final as (

    select ledger.*
    from ledger
    anti join {{ relations.joined }} as rows_read
        on ledger.row_hash = rows_read.row_hash

)

select * from final
