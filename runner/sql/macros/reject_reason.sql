{#- Why a value is rejected, as a text: `not a date`, `not an integer` (R6). -#}
{% macro reject_reason(type) -%}
{% set article = 'an' if type[0] in 'aeiou' else 'a' %}
{{ text('not ' ~ article ~ ' ' ~ type.replace('_', ' ')) }}
{%- endmacro %}
