{#- Grain: one row per row of the SELECT, in a file. -#}
{% macro parquet(select, path) %}
copy (
{{ select }}
) to {{ path }} (format parquet)
{% endmacro %}
