update $rows
set $key = null
where $key in (
    select value
    from $shared
    where
        is_junk
        and identifier = $identifier
)
