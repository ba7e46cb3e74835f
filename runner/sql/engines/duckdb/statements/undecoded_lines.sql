select
    file,
    count(distinct line) as line_count
from runner.rejects
where
    goal = $goal
    and build_id = $build_id
    and reason = 'bad_byte'
group by file
