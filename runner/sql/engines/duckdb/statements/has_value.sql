(
    lower(cast($column as varchar)) = lower($value)
    or profile_id in (
        select profile_id
        from runner.identifiers
        where
            identifier = $identifier
            and lower(value) = lower($value)
    )
)
