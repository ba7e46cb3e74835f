list_has_any($column, (
    select list(profile_id)
    from forgotten
))
