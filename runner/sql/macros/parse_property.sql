{#-
    A property's value in a row: typed, or for several values their text, null
    where it holds none. Texts are split once per profile, not per row.
-#}
{% macro parse_property(value, item) -%}
{% set separator = item.format.multi_value_separator %}
{% set is_split = item.declared.type == 'text' and separator %}
{% set written = 'cast(' ~ value ~ ' as string)' %}
{% if item.is_identifier_text %}
nullif({{ undamaged(value, item.declared) }}, '')
{%- elif item.is_checked %}
{% set kept = undamaged(value, item.declared) %}
{{ parse_value(kept, item.declared.type, item.format, item.value.is_column) }}
{%- elif not item.declared.multi %}
{{ parse_value(value, item.read_type, item.format, item.value.is_column) }}
{%- elif is_split and not item.format.multi_value_brackets %}
{% set items = 'replace(' ~ written ~ ', ' ~ text(separator) ~ ", '')" %}
case
    when {{ without_blanks(items) }} != ''
        then {{ written }}
end
{%- else %}
case
    when {{ item_count(parse_values(value, item)) }} > 0
        then {{ written }}
end
{%- endif %}
{%- endmacro %}
