{#- The items of a list, each once, in any order; nulls are left out. -#}
{% macro unique_items(items) -%}
array_distinct(array_compact({{ items }}))
{%- endmacro %}
