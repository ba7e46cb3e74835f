update $relation as rows_read
set event_profile_id = coalesce(rows_read.event_profile_id, merged.alias_id)
from $merged as merged
where rows_read.known_profile_id = merged.alias_id
