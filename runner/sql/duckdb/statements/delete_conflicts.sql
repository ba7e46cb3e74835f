delete from runner.conflicts
where
    goal = $goal
    and row_hash in (select row_hash from $rows)
