select 1
from runner.rows
where goal = $goal
limit 1
