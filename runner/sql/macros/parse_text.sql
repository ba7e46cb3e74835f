{#-
    Text as a property's type, by the stated format; null where it is invalid
    (R6).
-#}
{% macro parse_text(value, type, format) -%}
{% if type == 'boolean' %}
{% set word = comparable_word(value) %}
case
    when {{ word }} in ({{ format.true_words | map('text') | join(', ') }})
        then true
    when {{ word }} in ({{ format.false_words | map('text') | join(', ') }})
        then false
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
