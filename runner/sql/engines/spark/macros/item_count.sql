{#- How many items a list has; null of null. -#}
{% macro item_count(items) -%}
size({{ items }})
{%- endmacro %}
