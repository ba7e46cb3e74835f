{#- The items of a list, from the least to the greatest. -#}
{% macro sorted_items(items) -%}
list_sort({{ items }})
{%- endmacro %}
