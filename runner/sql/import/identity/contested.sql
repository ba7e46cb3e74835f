{#-
    Grain: one row per identity of a component that has more values of an
    identifier than its `limit` (P9), in the order of the rows: its values by
    number of key, its profiles, and the limited values that these hold.
-#}
{{ config(materialized='read', when=plan.limited_keys, on_call=true) }}
{% set profiles = list_of(plan.identity_keys | map(attribute='profile')) %}
{% set values = list_of(plan.identity_keys | map(attribute='column')) %}
{% set held = {'number': 'keys.number', 'value': 'known.value'} %}
{% set held_by_keys = namespace(lists=[]) %}
{% for key in plan.identity_keys %}
{% set list = 'held_' ~ key.number ~ '.held' %}
{% set held_by_keys.lists = held_by_keys.lists + [list] %}
{% endfor %}
with

identities as (

    select
        *,
        coalesce(
{% for key in plan.identity_keys %}
            {{ node(text(key.identifier), key.column) }}
            {{- ',' if not loop.last }}
{% endfor %}
        ) as node
    from {{ relations.identities }}

),

components as {{ not_materialized() }} (

    select
        node,
        component
    from {{ relations.components }}

),

known as {{ not_materialized() }} (

    select
        identifier,
        value,
        profile_id
    from runner.identifiers

),

clustered as (

    select
        identities.*,
        components.component
    from identities
    inner join components
        on identities.node = components.node

),

members as (

    select distinct
        component,
        {{ each_item(profiles) }} as profile_id
    from clustered

),

limited as (

{% for key in plan.limited_keys %}
    select
        component,
        {{ key.number }} as number,
        {{ key.limit }} as most,
        {{ key.column }} as value
    from clustered
    where {{ key.column }} is not null
    union
    select
        members.component,
        {{ key.number }} as number,
        {{ key.limit }} as most,
        known.value
    from members
    inner join known
        on members.profile_id = known.profile_id
        and known.identifier = {{ text(key.identifier) }}
{{ '    union' if not loop.last }}
{% endfor %}

),

contested as (

    select component
    from limited
    group by
        component,
        number
    having count(*) > {{ some_value('most') }}

),

held as (

    select
        members.profile_id,
        {{ collected(record(held)) }} as held
    from members
    semi join contested
        on members.component = contested.component
    inner join known
        on members.profile_id = known.profile_id
    inner join (
        values
{% for key in plan.limited_keys %}
        ({{ text(key.identifier) }}, {{ key.number }})
        {{- ',' if not loop.last }}
{% endfor %}
    ) as keys(identifier, number)
        on known.identifier = keys.identifier
    group by members.profile_id

),

final as (

    select
        clustered.identity_id,
        {{ values }} as key_values,
        {{ items_made(profiles, 'profile', 'cast(profile as string)') }}
            as profiles,
        {{ list_of(held_by_keys.lists) }} as held
    from clustered
    semi join contested
        on clustered.component = contested.component
{% for key in plan.identity_keys %}
    left join held as held_{{ key.number }}
        on clustered.{{ key.profile }} = held_{{ key.number }}.profile_id
{% endfor %}

)

select * from final
order by identity_id
