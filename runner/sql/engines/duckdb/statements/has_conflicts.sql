select 1
from runner.conflicts
where goal = $goal
limit 1
