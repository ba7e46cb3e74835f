select
    outcomes.node_id,
    outcomes.outcome,
    outcomes.rows
from outcomes
inner join nodes on outcomes.node_id = nodes.node_id
where nodes.build_id = :build_id
order by outcomes.rowid
