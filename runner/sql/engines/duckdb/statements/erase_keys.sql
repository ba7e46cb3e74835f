delete from runner.keys
where
    (goal, row_hash) in (
        select
            rows_read.goal,
            rows_read.row_hash
        from runner.rows as rows_read
        where
            rows_read.profile_id in (
                select profile_id
                from forgotten
            )
    )
