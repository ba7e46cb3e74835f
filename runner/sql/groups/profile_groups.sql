{#-
    Grain: one row per profile, group type and identifier value that a property of the profile
    holds (G1). Groups that are not imported yet have no id.
-#}
with

profiles as (

    select * from main.profiles

),

identifiers as (

    select * from runner.identifiers

),

{% for link in links %}
items_{{ loop.index }} as (

    select
        profile_id,
{% if link.multi %}
        unnest({{ name(link.property) }}) as item
{% else %}
        {{ name(link.property) }} as item
{% endif %}
    from profiles

),

{% endfor %}
written as (

{% for link in links %}
    select
        profile_id,
        {{ text(link.property) }} as property,
        {{ text(link.group_type) }} as group_type,
        {{ text(link.identifier) }} as identifier_name,
        {{ identifying('cast(item as varchar)', link.declared) }} as identifier
    from items_{{ loop.index }}
    union all
{% endfor %}
    select
        cast(null as uuid) as profile_id,
        '' as property,
        '' as group_type,
        '' as identifier_name,
        '' as identifier
    where false

),

memberships as (

    select
        profile_id,
        group_type,
        identifier_name,
        identifier,
        list_sort(list(distinct property)) as properties
    from written
    where identifier is not null
    group by all

),

final as (

    select
        memberships.profile_id,
        memberships.group_type,
        memberships.identifier,
        identifiers.profile_id as group_id,
        memberships.properties
    from memberships
    left join identifiers
        on memberships.identifier = identifiers.value
        and memberships.identifier_name = identifiers.identifier

)

select * from final
order by
    profile_id,
    group_type,
    identifier
