{#- An aggregate: the value with the greatest order, which may be null. -#}
{% macro last_or_null_by(value, order) -%}
max_by({{ value }}, {{ order }})
{%- endmacro %}
