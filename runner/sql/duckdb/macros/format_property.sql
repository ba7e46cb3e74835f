{#- A property as text: one value, or the values of a list with the separator between them. -#}
{% macro format_property(column, declared, dialect) -%}
{% if not declared.multi %}
{{ format_value(column, declared.type, dialect) }}
{%- else %}
{{ format_list(column, declared.type, dialect) }}
{%- endif %}
{%- endmacro %}

{% macro format_list(column, type, dialect) -%}
{% set items = 'nullif(' ~ column ~ ', [])' %}
{% if type != 'text' %}
{% set items = 'list_transform(' ~ items ~ ', lambda item: ' ~ format_value('item', type, dialect) ~ ')' %}
{% endif %}
array_to_string({{ items }}, {{ dialect.item_separator }})
{%- endmacro %}
