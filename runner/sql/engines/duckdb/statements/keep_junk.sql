insert into $junk
select
    rowid,
    $number,
    $key
from $rows
where $key in (
    select value
    from $shared
    where
        is_junk
        and identifier = $identifier
)
