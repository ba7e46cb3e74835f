{#- A part of the value by which a row finds its profile, as its type. -#}
{% macro key_part(key, part) -%}
{% set written = key.text_of(part) %}
{% if part.declared.type == 'text' %}
{{ written }}
{%- else %}
{% set value = parse_value(
    undamaged(written, part.declared),
    part.declared.type,
    part.format,
    part.value.is_column
) %}
cast({{ value }} as string)
{%- endif %}
{%- endmacro %}
