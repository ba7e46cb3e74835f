copy (
    select told.$key as profile_id
    from (
$select
    ) as told
    anti join $known as known
        on told.$key = known.profile_id
) to $path (format parquet)
