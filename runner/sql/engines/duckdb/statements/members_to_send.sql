create or replace temp table $relation as
select distinct $key as profile_id
from (
    $select
)
