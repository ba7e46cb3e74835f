{#- The type of booleans. -#}
{% macro type_boolean() -%}
boolean
{%- endmacro %}
