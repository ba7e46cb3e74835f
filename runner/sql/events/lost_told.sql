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
    anti join runner.told as told
        on events.goal = told.goal
        and events.type = told.type
        and events.event_id = told.event_id
    where events.goal != {{ text(plan.name) }}

),

final as (

    select distinct
        stale.type,
        stale.event_id,
        stale.nested,
        stale.item
    from {{ stale_told }} as stale
    anti join runner.told as told
        on stale.type = told.type
        and stale.event_id = told.event_id
        and stale.nested = told.nested
        and stale.item = told.item
    anti join keyless
        on stale.type = keyless.type
        and stale.event_id = keyless.event_id

)

select * from final
