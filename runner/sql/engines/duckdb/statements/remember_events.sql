delete from runner.events
where
    goal = $goal
    and type = $type
    and event_id in (select event_id from $changed);
insert into runner.events
select
    $goal,
    $type,
    fresh.event_id,
    fresh."last origin"
from $fresh as fresh
anti join (
    select event_id
    from runner.events
    where
        goal = $goal
        and type = $type
) as known
    on fresh.event_id = known.event_id;
