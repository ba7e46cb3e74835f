select *
from main.profiles
where profile_id = $profile_id
