select
    sought.number,
    cast(aliases.profile_id as varchar) as profile_id
from sought
inner join runner.aliases as aliases
    on sought.value = cast(aliases.alias_id as varchar)
where sought.identifier = 'profile_id'
