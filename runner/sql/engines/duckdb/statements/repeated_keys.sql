select 1
from incoming
group by $keys
having count(*) > 1
limit 1
