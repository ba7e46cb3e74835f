insert into runner.undone
values ($goal, $source, $path, $size, $modified_at, $sha256, $build_id)
