select count(*)
from $rows
where $key in (
    select value
    from $shared
    where
        is_junk
        and identifier = $identifier
)
