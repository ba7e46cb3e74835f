{#- The first of several formats that fits. -#}
{% macro parse_moment(value, formats, pivot=none) -%}
{% set read = [] %}
{% for format in formats %}
{% set _ = read.append(read_moment(value, format, pivot)) %}
{% endfor %}
{{ first_read(value, read) }}
{%- endmacro %}
