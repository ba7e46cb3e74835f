{#- The items of a list that another one, which may be null, has not. -#}
{% macro items_not_in(items, others) -%}
filter(
            {{ items }},
            item -> not coalesce(array_contains({{ others }}, item), false)
        )
{%- endmacro %}
