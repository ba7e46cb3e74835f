{#- A list of values, each of which is an expression; it may be empty. -#}
{% macro list_of(items, type=none) -%}
{% set items = '[' ~ items | join(', ') ~ ']' %}
{{ 'cast(' ~ items ~ ' as ' ~ list_type(type) ~ ')' if type else items }}
{%- endmacro %}
