select
    identifier,
    value
from runner.identifiers
where profile_id = $profile_id
order by
    identifier,
    value
