attach $path as earlier (read_only)
