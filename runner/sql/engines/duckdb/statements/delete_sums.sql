delete from runner.sums
using $stale as stale
where
    runner.sums.goal = stale.goal
    and runner.sums.sources = stale.sources
    and runner.sums.line_hash = stale.line_hash
