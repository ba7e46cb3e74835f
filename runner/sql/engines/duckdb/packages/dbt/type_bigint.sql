{#- The type of large whole numbers. -#}
{% macro type_bigint() -%}
bigint
{%- endmacro %}
