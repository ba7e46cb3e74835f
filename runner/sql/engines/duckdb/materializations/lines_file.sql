{#-
    Grain: one line per row of the SELECT, numbered as they are read, in a file
    for another engine; a hash, where they have one, is its 16 bytes.
-#}
{% macro lines_file(select, path, has_hash) %}
copy (
    select
        row_number() over () - 1 as _row_id,
        *
        {% if has_hash %}
        replace (unhex(lpad(to_hex(line_hash), 32, '0')) as line_hash)
        {% endif %}
    from (
{{ select }}
    )
) to {{ path }} (format parquet)
{% endmacro %}
