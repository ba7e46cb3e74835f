create or replace table $relation as
select distinct members.profile_id
from (
$select
) as members
inner join main.profiles as profiles
    on members.profile_id = profiles.profile_id
order by members.profile_id
