{#- A property as text: one value, or those of a list, separated. -#}
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
{% set item = format_value('item', type, dialect) %}
{% set items = 'list_transform(' ~ items ~ ', lambda item: ' ~ item ~ ')' %}
{% endif %}
array_to_string({{ items }}, {{ dialect.item_separator }})
{%- endmacro %}
