update runner.aliases
set profile_id = merged.profile_id
from $merged as merged
where runner.aliases.profile_id = merged.alias_id
