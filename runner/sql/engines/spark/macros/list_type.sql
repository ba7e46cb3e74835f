{#- The type of a list of values of a type. -#}
{% macro list_type(type) -%}
array<{{ type }}>
{%- endmacro %}
