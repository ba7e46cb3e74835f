select
    cast(alias_id as varchar) as alias_id,
    cast(profile_id as varchar) as profile_id
from runner.aliases
where
    relation = 'main.profiles'
    and alias_id = try_cast($value as uuid)
