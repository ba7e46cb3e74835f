{#- A row per item of a list; none of a list that is empty or null. -#}
{% macro each_item(items) -%}
explode({{ items }})
{%- endmacro %}
