{#- The values of a list as text, separated, within the stated brackets. -#}
{% macro format_list(column, type, dialect, is_hashed=false) -%}
{% set items = 'nullif(' ~ column ~ ', array())' %}
{% if type != 'text' or is_hashed %}
{% set item = format_value('item', type, dialect) %}
{% set item = format_hashed(item) if is_hashed else item %}
{% set items = items_made(items, 'item', item) %}
{% endif %}
{% set separator = dialect.item_separator %}
{% set listed = 'array_join(' ~ items ~ ', ' ~ separator ~ ')' %}
{% if dialect.brackets %}
{{ text(dialect.brackets[0]) }}
|| {{ listed }}
|| {{ text(dialect.brackets[1]) }}
{%- else %}
{{ listed }}
{%- endif %}
{%- endmacro %}
