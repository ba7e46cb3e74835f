delete from runner.keys
using $stale as stale
where
    runner.keys.goal = stale.goal
    and runner.keys.row_hash = stale.row_hash
