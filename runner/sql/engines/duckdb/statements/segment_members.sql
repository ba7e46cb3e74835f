delete from main.segment_members where segment = $segment;
insert into main.segment_members
select
    $segment,
    profile_id
from $relation
