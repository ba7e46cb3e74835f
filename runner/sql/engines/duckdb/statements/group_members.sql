update $relation as groups
set members = counted.members
from (
    select
        known.group_id,
        count(distinct links.profile_id) as members
    from $relation as known
    left join main.profile_groups as links
        on known.group_id = links.group_id
    group by known.group_id
) as counted
where
    groups.group_id = counted.group_id
    and groups.members is distinct from counted.members
