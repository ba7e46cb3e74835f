{#- Grain: one row per line that is set aside, the first ones (R2). -#}
select
    cast(line as bigint) as line,
    column_name,
    reason,
    raw
from
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
limit {{ rows }}
