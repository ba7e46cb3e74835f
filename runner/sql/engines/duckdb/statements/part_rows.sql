update $rows as rows_read
set $later = null
from $separated as separated
where
    rows_read.$earlier = separated.value
    and rows_read.$later = separated.other_value
    and separated.identifier = $identifier
    and separated.other_identifier = $other_identifier
