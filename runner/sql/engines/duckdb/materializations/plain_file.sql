{#-
    Grain: one row per row of the SELECT, in a file for another engine: an id
    is its text, a hash its 16 bytes. `types` are those of all columns. With
    `largest` the path is a folder of files of that size.
-#}
{% macro plain_file(select, types, path, largest=none) %}
copy (
    select
        {% for column, type in types.items() %}
        {% if 'UUID' in type or type == 'JSON' %}
        {% set kind = type | replace('UUID', 'VARCHAR') %}
        {% set kind = kind | replace('JSON', 'VARCHAR') %}
        cast({{ column | name }} as {{ kind | sql }})
        {%- elif type == 'HUGEINT' %}
        cast({{ column | name }} as decimal(38, 0))
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
) to {{ path }} (
    format parquet
    {%- if largest is not none %},
    file_size_bytes {{ largest }}
    {%- endif %}

)
{% endmacro %}
