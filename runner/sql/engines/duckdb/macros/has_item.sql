{#- Whether a list has an item; null where either is null. -#}
{% macro has_item(items, item) -%}
list_contains({{ items }}, {{ item }})
{%- endmacro %}
