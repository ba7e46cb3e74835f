select profile_id
from read_parquet($path)
where profile_id not in (select forgotten.profile_id from forgotten)
order by profile_id
