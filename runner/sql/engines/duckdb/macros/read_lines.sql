{#-
    Lines of one staged file as text, by its stated dialect: nothing is sniffed;
    or of several that have one form, one after the other.
-#}
{% macro read_lines(file, format, files=none) %}
{% set paths = (files or [file]) | map(attribute='local_path') | map('text') %}
{% set paths = paths | list %}
read_csv(
        {{ paths[0] if paths | length == 1 else list_of(paths) }},
        auto_detect = false,
        header = false,
        store_rejects = true,
        compression = 'none',
{% if file.is_clean %}
        new_line = '\n',
        delim = ',',
        quote = '"',
        escape = '"',
        columns = {
            {{ line_number(file) }}: 'bigint',
{% else %}
        skip = {{ file.data_from }},
        delim = {{ text(format.separator) }},
        quote = {{ text(format.quote) }},
        escape = {{ text(format.quote) }},
        columns = {
{% endif %}
{% for column in file.header %}
            {{ text(column) }}: 'varchar'{{ ',' if not loop.last }}
{% endfor %}
        }
    )
{%- endmacro %}
