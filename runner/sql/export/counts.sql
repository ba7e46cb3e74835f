{#-
    Grain: one row: members of the segment, and how many are exported (X1, C1).
-#}
with

{% if objectives %}
{{ consenting_members(segment, objectives) }}

counted as (

    select count(profile_id) as member_count from candidates

),
{% else %}
members as (

{% if of_groups %}
    {{ exported_groups(of_groups, table, segment) }}
{% else %}
    select distinct profile_id
    from {{ segment }}
{% endif %}

),

counted as (

    select count(profile_id) as member_count from members

),
{% endif %}

{{ exported_profiles(of_groups, table, group_values, made, placed) }}

final as (

    select
        (select member_count from counted) as member_count,
        count(*) as exported_count{{ ',' if lists or objectives }}
{% if objectives %}
        (
            select count(*) from refused where reason = 'never_asked'
        ) as never_asked_count,
        (
            select count(*) from refused where reason = 'refused'
        ) as refused_count{{ ',' if lists }}
{% endif %}
{% for column in lists %}
        count(*) filter (
            where contains(
                {{ joined_items(column.relation_column, "''") }},
                {{ dialect.item_separator }}
            )
        ) as {{ name('split_' ~ column.name) }}{{ ',' if not loop.last }}
{% endfor %}
    from profiles
    inner join members
        on profiles.profile_id = members.profile_id
{% for values in group_values %}
    left join {{ name(values.name) }}
        on members.profile_id = {{ name(values.name) }}.profile_id
{% endfor %}
{% if mapped %}
    where
{% endif %}
{% for column in mapped %}
        {{ 'or ' if not loop.first }}{{ has_value(column) }}
{% endfor %}

)

select * from final
