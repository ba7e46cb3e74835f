{#-
    Grain: one row per profile, property and group that it names (G1). A group that was not
    imported yet is there by its identifier, without a group_id.
-#}
with

named as (

{% for link in links %}
    select distinct
        profile_id,
        {{ text(link.group_type) }} as group_type,
        {{ text(link.property) }} as property,
        {{ identifying('value', link.named_by) }} as identifier,
        {{ text(link.identifier) }} as identifier_name
    from (
        select
            profile_id,
{% if link.multi %}
            cast(unnest({{ name(link.property) }}) as varchar) as value
{% else %}
            cast({{ name(link.property) }} as varchar) as value
{% endif %}
        from main.profiles
    )
{{ '    union all' if not loop.last }}
{% else %}
    select
        profile_id,
        '' as group_type,
        '' as property,
        '' as identifier,
        '' as identifier_name
    from main.profiles
    where false
{% endfor %}

),

final as (

    select
        named.profile_id,
        named.group_type,
        named.property,
        named.identifier,
        known.profile_id as group_id
    from named
    left join runner.identifiers as known
        on named.identifier = known.value
        and named.identifier_name = known.identifier
    where named.identifier is not null

)

select * from final
order by
    profile_id,
    property,
    identifier
