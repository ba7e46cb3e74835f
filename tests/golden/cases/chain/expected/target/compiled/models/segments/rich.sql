-- models/segments/rich.sql
select profile_id
from main."profiles"
where spent >= 10
