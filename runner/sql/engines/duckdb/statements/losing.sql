create or replace temp table $relation as
select distinct event_id
from $lost
where
    type = $type
    and nested = $nested
