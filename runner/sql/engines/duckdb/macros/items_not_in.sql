{#- The items of a list that another one, which may be null, has not. -#}
{% macro items_not_in(items, others) -%}
list_filter(
            {{ items }},
            lambda item: not coalesce(list_contains({{ others }}, item), false)
        )
{%- endmacro %}
