{#- Whether a list has all items of another one. -#}
{% macro has_all_items(items, others) -%}
list_has_all({{ items }}, {{ others }})
{%- endmacro %}
