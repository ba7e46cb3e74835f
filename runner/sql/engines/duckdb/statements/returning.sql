select goal, source, path, size, modified_at, sha256
from runner.returning
order by modified_at, path
