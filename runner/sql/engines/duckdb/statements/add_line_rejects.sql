insert into runner.rejects
select
    $goal,
    $build_id,
    $file,
    line,
    column_name,
    null,
    reason,
    raw,
    column_number,
    byte_offset
from read_csv(
    $path,
    header = true,
    auto_detect = false,
    delim = ',',
    quote = '"',
    escape = '"',
    columns = {
        'line': 'bigint',
        'column_number': 'bigint',
        'column_name': 'varchar',
        'reason': 'varchar',
        'raw': 'varchar',
        'byte_offset': 'bigint'
    }
)
