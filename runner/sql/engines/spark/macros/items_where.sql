{#- The items of a list for which a condition holds, called by a name. -#}
{% macro items_where(items, item, condition) -%}
filter(
            {{ items }}, {{ item }} -> {{ condition }}
        )
{%- endmacro %}
