delete from runner.rejects
where
    regexp_matches(coalesce(value, ''), getvariable('mentioned'))
    or (goal, build_id, file, line) in (
        select
            files.goal,
            files.build_id,
            files.path,
            forgotten_lines.line
        from forgotten_lines
        inner join runner.files as files
            on forgotten_lines.sha256 = files.sha256
    )
