{#- At most so many items of a list, the first ones. -#}
{% macro first_items(items, most) -%}
slice({{ items }}, 1, {{ most }})
{%- endmacro %}
