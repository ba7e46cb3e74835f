{#-
    CTEs of an export: `profiles`, or groups instead, with a column for each
    expression; before it the values of their groups.
-#}
{% macro exported_profiles(of_groups, table, group_values, made, placed) -%}
{% if of_groups %}
groups as (

    select
        group_id as profile_id,
        {{ all_columns('held', ['group_id']) }}
    from main.{{ table }} as held

),

{% endif %}
{% for values in group_values %}
{{ name(values.name) }} as (

    {{ group_values_of(values) }}

),

{% endfor %}
profiles as (

{% if made %}
    select
        *,
{% for column in made %}
        cast((
            {{ placed(column.expression, column.location) }}
        ) as {{ sql_type(column.declared.type) }})
            as {{ column.made }}{{ ',' if not loop.last }}
{% endfor %}
    from {{ 'groups' if of_groups else 'main.profiles' }}
    where profile_id in (select profile_id from members)
{% else %}
    select * from {{ 'groups' if of_groups else 'main.profiles' }}
{% endif %}

),
{%- endmacro %}
