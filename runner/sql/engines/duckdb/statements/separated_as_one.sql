select distinct line
from $separated
where is_one
order by line
