{#- The item of a list at a position, the first at 1; null where none is. -#}
{% macro item_at(items, position) -%}
try_element_at({{ items }}, cast({{ position }} as int))
{%- endmacro %}
