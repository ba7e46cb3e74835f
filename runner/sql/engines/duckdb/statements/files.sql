select goal, source, path, size, modified_at, sha256, fingerprint, build_id, is_main, file_id
from runner.files
order by file_id
