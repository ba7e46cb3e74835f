{#- Grain: one row per line of a file, the first ones, trimmed as stated. -#}
select
{% if file.is_clean %}
    {{ line_number(file) }} as line_number,
{% else %}
    row_number() over () + {{ file.data_from }} as line_number,
{% endif %}
{% for column in file.header %}
    {{ trimmed(column, format) }}
        as column_{{ loop.index }}{{ ',' if not loop.last }}
{% endfor %}
from
    {{ read_lines(file, format) }}
limit {{ rows }}
