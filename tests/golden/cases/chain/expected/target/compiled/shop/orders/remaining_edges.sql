-- runner/sql/import/remaining_edges.sql, for connections/shop.yml:5
select
    node,
    neighbour
from "shop.orders.contracted_edges"
where node != neighbour
