delete from $relation
where
    type = $type
    and event_id in (
        select event_id
        from $events
        where
            profile_id in (
                select profile_id
                from forgotten
            )
    )
