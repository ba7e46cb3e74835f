{% macro tidy(column) -%}
nullif(lower(trim({{ column }})), '')
{%- endmacro %}
