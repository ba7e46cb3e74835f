{#-
    Grain: one row per profile that loses a value which was added to it, and
    which no line, of this goal or another, adds any more (P5); as the profile
    is then.
-#}
with

superseded as (

    select distinct
        profile_id,
        property,
        unnest(items) as item
    from {{ relations.superseded_additions }}

),

additions as (

    select
        profile_id,
        property,
        items
    from runner.additions

),

profiles as (

    select * from {{ entity.table }}

),

still_added as (

    select
        additions.profile_id,
        additions.property,
        unnest(additions.items) as item
    from additions
    semi join superseded
        on additions.profile_id = superseded.profile_id
        and additions.property = superseded.property

),

retracted as (

    select superseded.*
    from superseded
    anti join still_added
        on superseded.profile_id = still_added.profile_id
        and superseded.property = still_added.property
        and superseded.item = still_added.item

),

lists as (

    select
        profile_id{{ ',' if lists }}
{% for property in lists %}
        list(item) filter (where property = {{ text(property) }})
            as {{ name(property) }}{{ ',' if not loop.last }}
{% endfor %}
    from retracted
    group by profile_id

),

final as (

    select profiles.* replace (
{% for property in lists %}
        if(
            lists.{{ name(property) }} is null,
            profiles.{{ name(property) }},
            nullif(list_filter(
                profiles.{{ name(property) }},
                lambda item: not list_contains(
                    lists.{{ name(property) }}, cast(item as varchar)
                )
            ), [])
        ) as {{ name(property) }}{{ ',' if not loop.last }}
{% endfor %}
    )
    from profiles
    inner join lists
        on profiles.{{ entity.id }} = lists.profile_id

)

select * from final
