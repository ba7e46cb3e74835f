select *
from files
where build_id = :build_id
order by file_id
