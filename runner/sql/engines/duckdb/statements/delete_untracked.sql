delete from $relation
where profile_id in (
    select profile_id
    from main.profiles
    where permission_level = 'do_not_track'
)
