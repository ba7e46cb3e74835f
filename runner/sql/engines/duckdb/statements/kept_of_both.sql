select * from (
    $earlier
)
union all by name
select * from (
    $kept
) as kept
where
    $key not in (
        select $key
        from (
            $earlier
        )
    )
