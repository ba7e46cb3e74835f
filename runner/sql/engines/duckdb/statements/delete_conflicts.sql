delete from runner.conflicts
where
    goal = $goal
    and (
        row_hash in (select row_hash from $rows)
        or file in (
            select path
            from runner.files
            where
                goal = $goal
                and build_id = $build_id
        )
    )
