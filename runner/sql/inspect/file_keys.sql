{#-
    Grain: one row per line of a file, in its order; its number where the file
    tells it, and the columns that links compare.
-#}
select
{% if file.is_clean %}
    {{ line_number(file) }} as line,
{% else %}
    cast(null as bigint) as line,
{% endif %}
{% for column in columns %}
    {{ trimmed(column, source.format) }}
        as {{ name(source.name ~ '.' ~ column) }}{{ ',' if not loop.last }}
{% endfor %}
from
    {{ read_lines(file, source.format) }}
