select
    sought.number,
    cast(identifiers.profile_id as varchar) as profile_id
from sought
inner join runner.identifiers as identifiers
    on sought.value = normalized(identifiers.value)
    and sought.identifier = identifiers.identifier
union
select
    sought.number,
    cast(profiles.profile_id as varchar) as profile_id
from sought
inner join main.profiles as profiles
    on sought.value = cast(profiles.profile_id as varchar)
where sought.identifier = 'profile_id'
