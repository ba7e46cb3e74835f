{#- The texts of a list, with a separator between them. -#}
{% macro joined_items(items, separator) -%}
array_join({{ items }}, {{ separator }})
{%- endmacro %}
