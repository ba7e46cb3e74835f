{#- A list without repeats, each item where it came first. -#}
{% macro distinct_in_order(items) -%}
list_filter(
    {{ items }},
    lambda item, place: list_position({{ items }}, item) = place
)
{%- endmacro %}
