select
    cast(alias_id as varchar) as alias_id,
    cast(profile_id as varchar) as profile_id
from runner.aliases
