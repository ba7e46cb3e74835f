{#- Whether two lists have an item in common. -#}
{% macro has_any_item(items, others) -%}
list_has_any({{ items }}, {{ others }})
{%- endmacro %}
