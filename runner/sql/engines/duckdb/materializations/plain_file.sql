{#-
    Grain: one row per row of the SELECT, in a file for another engine: an id
    is its text, a hash its 16 bytes. `types` are those of all columns.
-#}
{% macro plain_file(select, types, path) %}
copy (
    select
        {% for column, type in types.items() %}
        {% if type == 'UUID' %}
        cast({{ column | name }} as varchar)
        {%- elif type == 'UHUGEINT' %}
        unhex(lpad(to_hex({{ column | name }}), 32, '0'))
        {%- else %}
        {{ column | name }}
        {%- endif %} as {{ column | name }}
        {%- if not loop.last %},{% endif %}

        {% endfor %}
    from (
{{ select }}
    )
) to {{ path }} (format parquet)
{% endmacro %}
