create or replace temp table $relation as
select removed.* replace ($told)
from $relation as removed
left join (
    $erased
) as erased
    on removed.$key = erased.$key
