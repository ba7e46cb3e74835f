-- runner/sql/import/contracted_edges.sql, for connections/shop.yml:5
select distinct
    node_parents.parent as node,
    neighbour_parents.parent as neighbour
from "shop.orders.edges" as edges
inner join "shop.orders.contracted_parents" as node_parents
    on edges.node = node_parents.node
inner join "shop.orders.contracted_parents" as neighbour_parents
    on edges.neighbour = neighbour_parents.node
