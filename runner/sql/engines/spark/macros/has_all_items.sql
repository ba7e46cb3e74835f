{#- Whether a list has all items of another one. -#}
{% macro has_all_items(items, others) -%}
(size(array_except({{ others }}, {{ items }})) = 0)
{%- endmacro %}
