{#-
    The typed list that a text holds, without items that are empty or do not
    parse.
-#}
{% macro parse_values(value, item) -%}
list_filter(
    list_transform(
        {{ split_values(value, item.format) }},
        lambda item: {{
            parse_value('item', item.declared.type, item.format, true)
        }}
    ),
    lambda item: item is not null
)
{%- endmacro %}
