delete from runner.events
where
    type = $type
    and event_id in (
        select events.event_id
        from $relation as events
        inner join main.profiles as profiles
            on events.profile_id = profiles.profile_id
        where profiles.permission_level = 'do_not_track'
    )
