select
    objective,
    consented,
    confirmed_at,
    goal,
    file,
    line
from main.consent
where profile_id = $profile_id
order by objective
