{#-
    Grain: one row per profile, property and group that it names (G1). A group
    that was not imported yet has its identifier and no group_id.
-#}
with

profiles as {{ not_materialized() }} (

    select * from main.profiles

),

identifiers as (

    select
        identifier,
        value,
        profile_id
    from runner.identifiers

),

{% for link in links %}
{{ name('named_by_' ~ link.property) }} as (

    select
        profile_id,
{% if link.multi %}
        {{ each_item(name(link.property)) }} as value
{% else %}
        {{ name(link.property) }} as value
{% endif %}
    from profiles

),

{% endfor %}
named as (

{% for link in links %}
    select distinct
        profile_id,
        {{ text(link.group_type) }} as group_type,
        {{ text(link.property) }} as property,
        {{ identifying(
            identifier_text('cast(value as string)'),
            link.named_by,
        ) }} as identifier,
        {{ text(link.identifier) }} as identifier_name
    from {{ name('named_by_' ~ link.property) }}
{{ '    union all' if not loop.last }}
{% else %}
    select
        profile_id,
        '' as group_type,
        '' as property,
        '' as identifier,
        '' as identifier_name
    from profiles
    where false
{% endfor %}

),

final as (

    select
        named.profile_id,
        named.group_type,
        named.property,
        named.identifier,
        identifiers.profile_id as group_id
    from named
    left join identifiers
        on named.identifier = identifiers.value
        and named.identifier_name = identifiers.identifier
    where named.identifier is not null

)

select * from final
{{ table_order(['profile_id', 'property', 'identifier']) }}
