{#- The type of whole numbers. -#}
{% macro type_int() -%}
integer
{%- endmacro %}
