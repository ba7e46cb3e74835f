{#- Grain: one row per event or item that a line tells of, and did not before. -#}
with

known as (

    select * from runner.event_lineage
    where goal = {{ text(plan.name) }}

),

final as (

    select
        {{ text(plan.name) }} as goal,
        telling.*
    from {{ batch_lineage }} as telling
    anti join known
        on telling.key_hash = known.key_hash
        and telling.type = known.type
        and telling.event_id = known.event_id
        and telling.nested = known.nested
        and telling.item = known.item

)

select * from final
