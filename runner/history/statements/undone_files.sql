select nodes.build_id, nodes.name, nodes.message
from nodes
inner join builds on nodes.build_id = builds.build_id
where nodes.kind = 'undo' and builds.target = :target and builds.published = 1
order by builds.started_at, nodes.node_id
