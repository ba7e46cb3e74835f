{#-
    A text value without the blanks around it; null where it means: no value (R1). Few values
    have such blanks, and to look for them takes half the time of trimming all.
-#}
{% macro trimmed(column, format) -%}
{% set value = name(column) %}
{% set nulls = format.null_values | list %}
{% if not format.trim %}
{{ nulled(value, nulls) }}
{%- else %}
{% set words = nulls | select | list %}
case when {{ value }} > '!' and not ends_with({{ value }}, ' ') and not ends_with({{ value }}, '	')
        {{ 'and ' ~ value ~ ' not in (' ~ words | map('text') | join(', ') ~ ') ' if words }}then {{ value }} else {{ nulled('trim(' ~ value ~ ", ' \t')", nulls) }} end
{%- endif %}
{%- endmacro %}

{% macro nulled(value, nulls) -%}
{% if nulls | length == 1 %}
nullif({{ value }}, {{ text(nulls[0]) }})
{%- elif nulls %}
case when {{ value }} not in ({{ nulls | map('text') | join(', ') }}) then {{ value }} end
{%- else %}
{{ value }}
{%- endif %}
{%- endmacro %}
