select *
from builds
where build_id = :build_id
