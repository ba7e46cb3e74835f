update runner.rows
set
    profile_id = merged.profile_id,
    event_profile_id = coalesce(event_profile_id, merged.alias_id)
from $merged as merged
where runner.rows.profile_id = merged.alias_id
