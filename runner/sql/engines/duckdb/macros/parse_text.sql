{#-
    Text as a property's type, by the stated format; null where it is invalid
    (R6).
-#}
{% macro parse_text(value, type, format) -%}
{% set yes = format.true_values | map('lower') | map('text') | join(', ') %}
{% set no = format.false_values | map('lower') | map('text') | join(', ') %}
{% if type == 'boolean' %}
case
    when lower({{ value }}) in ({{ yes }}) then true
    when lower({{ value }}) in ({{ no }}) then false
end
{%- elif type == 'permission_level' %}
{{ parse_level(value) }}
{%- elif type == 'date' %}
cast(
    {{ parse_moment(value, format.dates, format.century_pivot) }} as date
)
{%- elif type == 'datetime' %}
{{ parse_datetime(value, format) }}
{%- else %}
{{ parse_number(value, type, format) }}
{%- endif %}
{%- endmacro %}
