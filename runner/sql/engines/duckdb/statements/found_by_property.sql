select
    sought.number,
    cast(profiles.profile_id as varchar) as profile_id
from sought
inner join main.profiles as profiles
    on sought.value = normalized(cast(profiles.$column as varchar))
where sought.identifier = $identifier
