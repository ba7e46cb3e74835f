{#-
    Grain: one row per item that stays in a list that loses one, numbered again.
-#}
{% set position -%}
row_number() over (
                partition by event_id
                order by position
            )
{%- endset %}
with

retracted as (

    select
        event_id,
        item
    from {{ retracted_lineage }}
    where
        type = {{ text(event.type) }}
        and nested = {{ text(nested.name) }}

),

stored as (

    select * from {{ nested.table }}

),

items as (

    select stored.*
    from stored
    semi join retracted
        on stored.event_id = retracted.event_id

),

remaining as (

    select items.*
    from items
    anti join retracted
        on items.event_id = retracted.event_id
        and cast(items.{{ nested.identifier.column }} as string)
        = retracted.item

),

final as (

    select {{ all_columns('remaining', replaced={'position': position}) }}
    from remaining

)

select * from final
