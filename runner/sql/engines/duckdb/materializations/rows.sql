{#- Grain: one line of CSV per row of the SELECT, up to a limit. -#}
{% macro rows(select, path, limit=none) %}
copy (
    select * from (
{{ select }}
    )
    {% if limit is not none %}
    limit {{ limit }}
    {% endif %}
) to {{ path }} (format csv, header true)
{% endmacro %}
