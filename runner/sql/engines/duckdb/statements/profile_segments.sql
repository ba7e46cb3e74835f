select segment
from main.segment_members
where profile_id = $profile_id
order by segment
