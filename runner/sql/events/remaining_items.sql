{#- Grain: one row per item that is left of a list that loses one, numbered anew. -#}
with

lost as (

    select
        event_id,
        item
    from {{ retracted_lineage }}
    where
        type = {{ text(event.type) }}
        and nested = {{ text(nested.name) }}

),

items as (

    select items.*
    from {{ nested.table }} as items
    semi join lost
        on items.event_id = lost.event_id

),

kept as (

    select items.*
    from items
    anti join lost
        on items.event_id = lost.event_id
        and cast(items.{{ nested.identifier.column }} as varchar) = lost.item

),

final as (

    select * replace (
        row_number() over (partition by event_id order by position) as position
    )
    from kept

)

select * from final
