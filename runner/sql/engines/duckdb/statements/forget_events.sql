delete from runner.events
where
    goal = $goal
    and (type, event_id) in (
        select
            stale.type,
            stale.event_id
        from $stale as stale
        anti join runner.event_lineage as lineage
            on stale.goal = lineage.goal
            and stale.type = lineage.type
            and stale.event_id = lineage.event_id
    )
