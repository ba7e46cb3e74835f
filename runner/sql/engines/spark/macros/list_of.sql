{#- A list of values, each of which is an expression; it may be empty. -#}
{% macro list_of(items, type=none) -%}
{% set items = items | list %}
{% set listed = items | join(', ') %}
{% if items | length > 2 %}
{% set listed = '\n            ' ~ items | join(',\n            ') %}
{% set listed = listed ~ '\n        ' %}
{% endif %}
{% set listed = 'array(' ~ listed ~ ')' %}
{{ 'cast(' ~ listed ~ ' as ' ~ list_type(type) ~ ')' if type else listed }}
{%- endmacro %}
