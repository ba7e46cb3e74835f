update $relation
set profile_id = fresh.profile_id
from $fresh as fresh
where
    $relation.event_id = fresh.event_id
    and $relation.profile_id != fresh.profile_id
