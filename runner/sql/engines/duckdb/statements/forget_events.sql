delete from runner.events
where
    goal = $goal
    and (type, event_id) in (
        select
            stale.type,
            stale.event_id
        from $stale as stale
        anti join runner.told as told
            on stale.goal = told.goal
            and stale.type = told.type
            and stale.event_id = told.event_id
    )
