insert into runner.returning values ($goal, $source, $path, $size, $modified_at, $sha256)
