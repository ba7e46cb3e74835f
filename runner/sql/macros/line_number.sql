{#-
    The column of a clean file with the number of each line: a name that no
    column of the file has.
-#}
{% macro line_number(file) -%}
{% set taken = file.header | map('lower') | list %}
{% set found = namespace(name='line_number') %}
{% for _ in taken if found.name in taken %}
{% set found.name = found.name ~ '_' %}
{% endfor %}
{{ name(found.name) }}
{%- endmacro %}
