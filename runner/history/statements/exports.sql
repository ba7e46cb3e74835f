select *
from exports
where build_id = :build_id
order by export_id
