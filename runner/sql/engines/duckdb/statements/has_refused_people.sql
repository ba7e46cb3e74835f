select 1
from $people as people
semi join $refused as refused
    on people.profile_id = refused.profile_id
limit 1
