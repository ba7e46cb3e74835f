{#- The typed value of a property: one value, or a list without repeats and empty items. -#}
{% macro parse_property(value, item) -%}
{% if not item.declared.multi %}
{{ parse_value(value, item.declared.type, item.format, item.value.is_column) }}
{%- else %}
{% set items = split_values(value, item.format) %}
nullif(list_filter(
    list_transform({{ items }}, lambda item: {{ parse_value('item', item.declared.type, item.format, true) }}),
    lambda item: item is not null
), [])
{%- endif %}
{%- endmacro %}

{% macro split_values(value, format) -%}
{% if format.multi_value_separator %}
list_filter(
    list_transform(string_split(cast({{ value }} as varchar), {{ text(format.multi_value_separator) }}), lambda item: trim(item)),
    lambda item: item != ''
)
{%- else %}
[cast({{ value }} as varchar)]
{%- endif %}
{%- endmacro %}

{#- The text that did not parse, null where all of it did (R6). -#}
{% macro rejected_text(value, item) -%}
{% if item.declared.multi %}
case
    when len(coalesce({{ item.column }}, [])) < len(coalesce({{ split_values(value, item.format) }}, []))
        then cast({{ value }} as varchar)
end
{%- else %}
case when {{ item.column }} is null then cast({{ value }} as varchar) end
{%- endif %}
{%- endmacro %}
