{#- An expression as another type. -#}
{% macro cast(expression, type) -%}
cast({{ expression }} as {{ type }})
{%- endmacro %}
