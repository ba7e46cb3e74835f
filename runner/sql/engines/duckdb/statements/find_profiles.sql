select profile_id
from main.profiles
where $condition
order by profile_id
limit 20
