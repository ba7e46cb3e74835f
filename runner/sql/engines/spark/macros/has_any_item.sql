{#- Whether two lists have an item in common. -#}
{% macro has_any_item(items, others) -%}
arrays_overlap({{ items }}, {{ others }})
{%- endmacro %}
