select *
from progress
where build_id = :build_id
