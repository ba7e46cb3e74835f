create or replace temp view $relation as
select
    sent.profile_id,
    sent.content_hash
from read_parquet($path) as sent
inner join forgotten
    on sent.profile_id = forgotten.profile_id
