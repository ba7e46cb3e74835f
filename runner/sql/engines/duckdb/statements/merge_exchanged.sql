copy (
    select distinct profile_id
    from read_parquet($paths)
) to $path (format parquet)
