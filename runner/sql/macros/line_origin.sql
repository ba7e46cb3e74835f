{#- The origin of a line of a file source: of the file, and the line in it. -#}
{% macro line_origin(lines) -%}
coalesce({{ lines }}.clean_origin, {{ row_id(lines) }} + {{ lines }}.shift)
{%- endmacro %}
