starts_with($column, $prefix)
