{#-
    Grain: one row per line of a file source, as its files were last imported.
-#}
{% for file in runs %}
{% set paths = file.run | map(attribute='remote_path') | map('text') %}
{% set lines_above = [] %}
{% for one in file.run %}
{% set _ = lines_above.append(one.data_from - one.rows_above) %}
{% endfor %}
select
{% if '_file' not in columns %}
    {{ of_read_file(paths) }} as _file,
{% endif %}
{% if '_line' not in columns and file.is_clean %}
    {{ line_number(file) }} as _line,
{% elif '_line' not in columns %}
    row_number() over () + {{ of_read_file(lines_above) }} as _line,
{% endif %}
{% for column in columns %}
{% if column in file.columns %}
    {{ trimmed(file.columns[column], format) }}
{% else %}
    cast(null as string)
{% endif %}
        as {{ name(column) }}{{ ',' if not loop.last }}
{% endfor %}
from
    {{ read_lines(file, format, file.run) }}
{{ 'union all' if not loop.last }}
{% else %}
select
{% for column in columns %}
    cast(null as string) as {{ name(column) }},
{% endfor %}
    cast(null as string) as _file,
    cast(null as bigint) as _line
where
    false
{% endfor %}
