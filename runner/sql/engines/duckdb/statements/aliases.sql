select cast(alias_id as varchar) as alias_id
from runner.aliases
where
    relation = 'main.profiles'
    and profile_id = $profile_id
order by alias_id
