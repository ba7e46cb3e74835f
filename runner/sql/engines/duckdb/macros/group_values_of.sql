{#- Grain: one row per profile: the values of a property of its groups, each once, in order. -#}
{% macro group_values_of(values) -%}
select
        memberships.profile_id,
        list_sort(list_distinct(
{% if values.declared.multi %}
            flatten(list(groups.{{ name(values.property_name) }}) filter (groups.{{ name(values.property_name) }} is not null))
{% else %}
            list(groups.{{ name(values.property_name) }})
{% endif %}
        )) as items
    from main.profile_groups as memberships
    inner join main.{{ values.relation }} as groups
        on memberships.group_id = groups.group_id
    where memberships.group_type = {{ text(values.group_type) }}
    group by memberships.profile_id
{%- endmacro %}
