select
    profile_id,
    if(profile_id in (select forgotten.profile_id from forgotten), '', content_hash) as content_hash
from read_parquet($path)
where $is_told or profile_id not in (select forgotten.profile_id from forgotten)
order by profile_id
