update $relation
set profile_id = merged.profile_id
from $merged as merged
where $relation.profile_id = merged.alias_id
