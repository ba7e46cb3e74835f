update runner.rows
set origin = repeated.origin
from (
    select
        row_hash,
        max(origin) as origin
    from $repeated
    group by row_hash
) as repeated
where
    runner.rows.row_hash = repeated.row_hash
    and runner.rows.goal = $goal
