{#- A value of each of several files: that of the file a line is read from. -#}
{% macro of_read_file(values) -%}
{% set values = values | list %}
{% if values | length == 1 %}
{{ values[0] }}
{%- else %}
{{ list_of(values) }}[cast(file_index as bigint) + 1]
{%- endif %}
{%- endmacro %}
