delete from runner.told
using $stale as stale
where
    runner.told.goal = stale.goal
    and runner.told.type = stale.type
    and runner.told.event_id = stale.event_id
    and runner.told.nested = stale.nested
    and runner.told.item = stale.item
    and runner.told.key_hash = stale.key_hash
