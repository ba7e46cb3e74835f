select coalesce(max(file_id), 0) from runner.files
