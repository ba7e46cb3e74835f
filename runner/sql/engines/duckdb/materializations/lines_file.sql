{#-
    Grain: one line per row of the SELECT, numbered as they are read, in a file
    for another engine; a hash is its 16 bytes.
-#}
{% macro lines_file(select, path) %}
copy (
    select
        row_number() over () - 1 as _row_id,
        * replace (unhex(lpad(to_hex(line_hash), 32, '0')) as line_hash)
    from (
{{ select }}
    )
) to {{ path }} (format parquet)
{% endmacro %}
