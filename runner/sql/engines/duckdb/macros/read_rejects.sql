{#- The file of the lines that are set aside, all its columns as text. -#}
{% macro read_rejects(path) -%}
read_csv(
        {{ text(path) }},
        auto_detect = false,
        header = true,
        delim = ',',
        quote = '"',
        escape = '"',
        max_line_size = 16777216,
        columns = {
            'line': 'varchar',
            'column_number': 'varchar',
            'column_name': 'varchar',
            'reason': 'varchar',
            'raw': 'varchar',
            'byte_offset': 'varchar'
        }
    )
{%- endmacro %}
