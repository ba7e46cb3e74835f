{#-
    Grain: one row per event or item that no line gives any more. Where a goal
    without `key` gave the event too, all of it stays: no one knows which part
    is whose.
-#}
with

superseded as (

    select
        type,
        event_id,
        nested,
        item
    from {{ superseded_lineage }}

),

events as (

    select
        goal,
        type,
        event_id
    from runner.events
    where goal != {{ text(plan.name) }}

),

lineage as {{ not_materialized() }} (

    select
        goal,
        type,
        event_id,
        nested,
        item
    from runner.event_lineage

),

keyless as (

    select
        events.type,
        events.event_id
    from events
    anti join lineage
        on events.goal = lineage.goal
        and events.type = lineage.type
        and events.event_id = lineage.event_id

),

final as (

    select distinct
        superseded.type,
        superseded.event_id,
        superseded.nested,
        superseded.item
    from superseded
    anti join lineage
        on superseded.type = lineage.type
        and superseded.event_id = lineage.event_id
        and superseded.nested = lineage.nested
        and superseded.item = lineage.item
    anti join keyless
        on superseded.type = keyless.type
        and superseded.event_id = keyless.event_id

)

select * from final
