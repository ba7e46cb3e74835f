delete from runner.event_lineage
using $stale as stale
where
    runner.event_lineage.goal = stale.goal
    and runner.event_lineage.type = stale.type
    and runner.event_lineage.event_id = stale.event_id
    and runner.event_lineage.nested = stale.nested
    and runner.event_lineage.item = stale.item
    and runner.event_lineage.key_hash = stale.key_hash
