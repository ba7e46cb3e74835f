{#- The type of decimal numbers. -#}
{% macro type_numeric() -%}
decimal(28, 6)
{%- endmacro %}
