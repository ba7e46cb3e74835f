copy $relation to $path (format parquet)
