select *
from nodes
where build_id = :build_id
order by node_id
