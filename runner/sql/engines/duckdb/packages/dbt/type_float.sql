{#- The type of numbers with a floating point. -#}
{% macro type_float() -%}
double
{%- endmacro %}
