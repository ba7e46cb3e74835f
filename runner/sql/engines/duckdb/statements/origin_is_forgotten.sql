$column in (
    select files.file_id * 4294967296 + forgotten_lines.line
    from forgotten_lines
    inner join runner.files as files
        on forgotten_lines.sha256 = files.sha256
)
