{#- A property as text: one value, or those of a list, separated; hashed where asked. -#}
{% macro format_property(column, declared, dialect, is_hashed=false) -%}
{% if declared.multi %}
{{ format_list(column, declared.type, dialect, is_hashed) }}
{%- elif is_hashed %}
{{ format_hashed(format_value(column, declared.type, dialect)) }}
{%- else %}
{{ format_value(column, declared.type, dialect) }}
{%- endif %}
{%- endmacro %}

{% macro format_list(column, type, dialect, is_hashed=false) -%}
{% set items = 'nullif(' ~ column ~ ', [])' %}
{% if type != 'text' or is_hashed %}
{% set item = format_value('item', type, dialect) %}
{% set item = format_hashed(item) if is_hashed else item %}
{% set items = 'list_transform(' ~ items ~ ', lambda item: ' ~ item ~ ')' %}
{% endif %}
{% if dialect.brackets %}
{{ text(dialect.brackets[0]) }} || array_to_string({{ items }}, {{ dialect.item_separator }}) || {{ text(dialect.brackets[1]) }}
{%- else %}
array_to_string({{ items }}, {{ dialect.item_separator }})
{%- endif %}
{%- endmacro %}
