select goal, source, path, size, modified_at, sha256, build_id
from runner.undone
order by build_id, goal, path
