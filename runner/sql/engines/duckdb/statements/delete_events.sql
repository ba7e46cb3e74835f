delete from $relation
where
    event_id in (
        select event_id
        from $lost
        where
            type = $type
            and nested = ''
    )
