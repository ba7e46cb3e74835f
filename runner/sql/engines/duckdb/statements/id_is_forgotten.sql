$column in (
    select profile_id
    from forgotten
)
