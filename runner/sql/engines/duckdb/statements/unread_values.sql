select
    count($column),
    count($rejected)
from $rows
where outcome != 'repeated'
