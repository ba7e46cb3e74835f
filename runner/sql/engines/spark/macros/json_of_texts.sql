{#- Texts, nulls among them, as a list in JSON. -#}
{% macro json_of_texts(values) -%}
{% set texts = [] %}
{% for value in values %}
{% set _ = texts.append('cast(' ~ value ~ ' as string)') %}
{% endfor %}
{% set json = 'to_json(array(' ~ texts | join(', ') ~ '))' %}
{{ upper_escapes(json) }}
{%- endmacro %}
