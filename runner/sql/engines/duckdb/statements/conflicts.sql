select
    goal,
    file,
    line,
    identifiers,
    list_transform(profiles, lambda id: cast(id as varchar)) as profiles,
    build_id
from runner.conflicts
where goal in ($goals)
order by
    goal,
    file,
    line,
    row_hash
limit $most
