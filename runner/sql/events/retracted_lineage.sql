{#-
    Grain: one row per event or item that no line tells of any more. Where a goal without `key`
    told of the event too, all of it stays: whose it is, is not known.
-#}
with

keyless as (

    select
        events.type,
        events.event_id
    from runner.events as events
    anti join runner.event_lineage as lineage
        on events.goal = lineage.goal
        and events.type = lineage.type
        and events.event_id = lineage.event_id
    where events.goal != {{ text(plan.name) }}

),

final as (

    select distinct
        stale.type,
        stale.event_id,
        stale.nested,
        stale.item
    from {{ superseded_lineage }} as stale
    anti join runner.event_lineage as lineage
        on stale.type = lineage.type
        and stale.event_id = lineage.event_id
        and stale.nested = lineage.nested
        and stale.item = lineage.item
    anti join keyless
        on stale.type = keyless.type
        and stale.event_id = keyless.event_id

)

select * from final
