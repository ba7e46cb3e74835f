delete from $relation
where
    event_id in (
        select event_id
        from runner.events
        where
            goal = $goal
            and type = $type
    )
    and event_id not in (
        select event_id
        from runner.events
        where
            goal != $goal
            and type = $type
    )
