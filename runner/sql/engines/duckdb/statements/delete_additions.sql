delete from runner.additions
using $stale as stale
where
    runner.additions.goal = stale.goal
    and runner.additions.property = stale.property
    and runner.additions.profile_id = stale.profile_id
    and runner.additions.row_hash is not distinct from stale.row_hash
