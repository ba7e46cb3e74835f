{#-
    Grain: one row per event or item that a line gives now, and did not before.
-#}
with

batch_lineage as (

    select * from {{ batch_lineage }}

),

known as (

    select *
    from runner.event_lineage
    where goal = {{ text(plan.name) }}

),

final as (

    select
        {{ text(plan.name) }} as goal,
        batch_lineage.*
    from batch_lineage
    anti join known
        on batch_lineage.key_hash = known.key_hash
        and batch_lineage.type = known.type
        and batch_lineage.event_id = known.event_id
        and batch_lineage.nested = known.nested
        and batch_lineage.item = known.item

)

select * from final
