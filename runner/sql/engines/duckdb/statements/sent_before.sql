create or replace temp view $relation as
select
    profile_id,
    content_hash
from read_parquet($path)
