{#- Grain: one row: members of the segment, and how many are exported (X1). -#}
with

members as (

    select distinct profile_id
    from {{ segment }}

),

counted as (

    select count(profile_id) as member_count from members

),

profiles as (

{% if made %}
    select
        *,
{% for column in made %}
        cast((
            {{ placed(column.expression, column.place) }}
        ) as {{ sql_type(column.declared.type) }}) as {{ column.made }}{{ ',' if not loop.last }}
{% endfor %}
    from main.profiles
    where profile_id in (select profile_id from members)
{% else %}
    select * from main.profiles
{% endif %}

),

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
{% if mapped %}
    where
{% endif %}
{% for column in mapped %}
        {{ 'or ' if not loop.first }}{{ has_value(column) }}
{% endfor %}

)

select * from final
