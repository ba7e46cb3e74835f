insert into runner.aliases
select
    $relation,
    alias_id,
    profile_id,
    $goal,
    $build_id
from $merged
