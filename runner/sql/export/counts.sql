{#- Grain: one row: members of the segment, and how many are exported (X1). -#}
with

members as (

{% if not of_groups %}
    select distinct profile_id
    from {{ segment }}
{% elif segment %}
    select distinct memberships.group_id as profile_id
    from main.profile_groups as memberships
    inner join {{ segment }} as segment
        on memberships.profile_id = segment.profile_id
    where
        memberships.group_type = {{ text(of_groups) }}
        and memberships.group_id is not null
{% else %}
    select group_id as profile_id
    from main.{{ exported }}
{% endif %}

),

counted as (

    select count(profile_id) as member_count from members

),

profiles as (

{% if of_groups %}
    select
        group_id as profile_id,
        * exclude (group_id)
    from main.{{ exported }}
{% else %}
    select * from main.profiles
{% endif %}

),

{% for values in group_values %}
{{ name(values.name) }} as (

    {{ group_values_of(values) }}

),

{% endfor %}
final as (

    select
        (select member_count from counted) as member_count,
        count(*) as exported_count{{ ',' if lists }}
{% for column in lists %}
        count(*) filter (
            where contains(
                array_to_string({{ column.relation_column }}, ''),
                {{ dialect.item_separator }}
            )
        ) as {{ name('split ' ~ column.name) }}{{ ',' if not loop.last }}
{% endfor %}
    from profiles
    inner join members
        on profiles.profile_id = members.profile_id
{% for values in group_values %}
    left join {{ name(values.name) }}
        on profiles.profile_id = {{ name(values.name) }}.profile_id
{% endfor %}
{% if mapped %}
    where
{% endif %}
{% for column in mapped %}
        {{ 'or ' if not loop.first }}{{ has_value(column) }}
{% endfor %}

)

select * from final
