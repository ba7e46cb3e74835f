{#-
    The typed list that a text holds, without items that are empty or do not
    parse.
-#}
{% macro parse_values(value, item) -%}
{% set parsed = parse_value('item', item.declared.type, item.format, true) %}
{% set items = split_values(value, item.format) %}
{{ items_where(items_made(items, 'item', parsed), 'item', 'item is not null') }}
{%- endmacro %}
