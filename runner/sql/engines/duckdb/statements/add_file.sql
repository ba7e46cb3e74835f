insert into runner.files values ($file_id, $goal, $source, $path, $size, $modified_at, $sha256, $fingerprint, $build_id, $is_main, $line_count, $rejected_count, $blank_count, $header)
