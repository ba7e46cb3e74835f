{#-
    A property's value in a row: typed, or for several values their text, null
    where it holds none. Texts are split once per profile, not per row.
-#}
{% macro parse_property(value, item) -%}
{% set separator = item.format.multi_value_separator %}
{% set is_plain = item.declared.type == 'text' and separator %}
{% if not item.declared.multi %}
{{ parse_value(value, item.declared.type, item.format, item.value.is_column) }}
{%- elif is_plain and not item.format.multi_value_brackets %}
case
    when
        trim(replace(cast({{ value }} as varchar), {{ text(separator) }}, ''))
        != ''
        then cast({{ value }} as varchar)
end
{%- else %}
case
    when len({{ parse_values(value, item) }}) > 0
        then cast({{ value }} as varchar)
end
{%- endif %}
{%- endmacro %}
