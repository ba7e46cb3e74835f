{#- The values of a property of a profile's groups, each once, in order. -#}
{% macro group_values_of(values) -%}
{% set property = 'groups.' ~ name(values.property_name) %}
{% set found = collected(property, where=property ~ ' is not null') %}
{% set found = 'flatten(' ~ found ~ ')' if values.declared.multi else found %}
select
        memberships.profile_id,
        {{ sorted_items(unique_items(found)) }} as items
    from main.profile_groups as memberships
    inner join main.{{ values.relation }} as groups
        on memberships.group_id = groups.group_id
    where memberships.group_type = {{ text(values.group_type) }}
    group by memberships.profile_id
{%- endmacro %}
