update runner.sums as earlier
set amounts = lowered.amounts
from $lowered as lowered
where
    earlier.goal = lowered.goal
    and earlier.sources = lowered.sources
    and earlier.line_hash = lowered.line_hash
    and earlier.profile_id = lowered.profile_id
