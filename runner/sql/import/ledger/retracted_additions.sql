{#-
    Grain: one row per profile that loses a value that was added to it, and that no line, of
    this goal or another, adds any more (P5).
-#}
with

stale as (

    select distinct
        profile_id,
        property,
        unnest(items) as item
    from {{ relations.superseded_additions }}

),

held as (

    select
        additions.profile_id,
        additions.property,
        unnest(additions.items) as item
    from runner.additions as additions
    semi join stale
        on additions.profile_id = stale.profile_id
        and additions.property = stale.property

),

lost as (

    select stale.*
    from stale
    anti join held
        on stale.profile_id = held.profile_id
        and stale.property = held.property
        and stale.item = held.item

),

totals as (

    select
        profile_id,
{% for property in lists %}
        list(item) filter (where property = {{ text(property) }}) as {{ name(property) }}{{ ',' if not loop.last }}
{% endfor %}
    from lost
    group by profile_id

),

final as (

    select profiles.* replace (
{% for property in lists %}
        if(
            totals.{{ name(property) }} is null,
            profiles.{{ name(property) }},
            nullif(list_filter(
                profiles.{{ name(property) }},
                lambda item: not list_contains(totals.{{ name(property) }}, cast(item as varchar))
            ), [])
        ) as {{ name(property) }}{{ ',' if not loop.last }}
{% endfor %}
    )
    from {{ entity.table }} as profiles
    inner join totals
        on profiles.{{ entity.id }} = totals.profile_id

)

select * from final
