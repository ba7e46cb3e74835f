select count(*)
from runner.aliases
where relation = $relation
