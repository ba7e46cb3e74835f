select
    source,
    header
from runner.files
where
    goal = $goal
    and header is not null
    and file_id < $first_id
qualify build_id = last_value(build_id) over (
    partition by source
    order by file_id
    rows between unbounded preceding and unbounded following
)
order by file_id
