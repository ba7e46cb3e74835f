update runner.rows
set
    profile_id = merged.profile_id,
    told_profile_id = coalesce(told_profile_id, merged.alias_id)
from $merged as merged
where runner.rows.profile_id = merged.alias_id
