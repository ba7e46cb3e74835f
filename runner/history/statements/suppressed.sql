select identifier, value_hash, person, reason, receipt_id, suppressed_at
from suppressed
order by suppressed_at, receipt_id, person, identifier, value_hash
