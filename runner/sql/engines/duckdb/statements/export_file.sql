create or replace temp view $relation as
select *
from $lines
where $condition
    and $position between $first and $last
