select count(*)
from runner.conflicts
where goal in ($goals)
