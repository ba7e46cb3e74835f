select
    nodes.*,
    coalesce(definitions.fingerprint, '') as fingerprint
from nodes
left join definitions
    on nodes.build_id = definitions.build_id and nodes.name = definitions.goal
where nodes.build_id = :build_id
order by nodes.node_id
