update $relation as rows_read
set known_profile_id = merged.profile_id
from $merged as merged
where rows_read.known_profile_id = merged.alias_id
