select count(*)
from $lost
where
    type = $type
    and nested = ''
