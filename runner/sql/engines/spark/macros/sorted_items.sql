{#- The items of a list, from the least to the greatest. -#}
{% macro sorted_items(items) -%}
sort_array({{ items }})
{%- endmacro %}
