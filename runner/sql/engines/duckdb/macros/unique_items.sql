{#- The items of a list, each once, in any order; nulls are left out. -#}
{% macro unique_items(items) -%}
list_distinct({{ items }})
{%- endmacro %}
