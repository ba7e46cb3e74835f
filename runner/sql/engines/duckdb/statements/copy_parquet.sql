copy (
$select
) to $path (format parquet)
