{#- An aggregate: one of the values, nulls left out. -#}
{% macro some_value(value) -%}
any_value({{ value }})
{%- endmacro %}
