select count(distinct coalesce(aliases.profile_id, told.profile_id))
from read_parquet($paths) as told
left join runner.aliases as aliases
    on told.profile_id = aliases.alias_id
    and aliases.relation = 'main.profiles'
