delete from runner.events
where
    type = $type
    and event_id in (
        select event_id
        from $relation
        where
            profile_id in (
                select profile_id
                from forgotten
            )
    )
