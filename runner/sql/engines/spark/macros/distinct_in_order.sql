{#- A list without repeats, each item where it came first. -#}
{% macro distinct_in_order(items) -%}
array_distinct({{ items }})
{%- endmacro %}
