{#- A text value without the blanks around it; null where it means: no value (R1). -#}
{% macro trimmed(column, format) -%}
{% set value = 'trim(' ~ name(column) ~ ", ' \t')" if format.trim else name(column) %}
{% set nulls = format.null_values | list %}
{% if nulls | length == 1 %}
nullif({{ value }}, {{ text(nulls[0]) }})
{%- elif nulls %}
case when {{ value }} not in ({{ nulls | map('text') | join(', ') }}) then {{ value }} end
{%- else %}
{{ value }}
{%- endif %}
{%- endmacro %}
