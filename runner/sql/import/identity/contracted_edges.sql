{#-
    Grain: one row per pair of parents that an edge joins, equal ones included.
-#}
{{ config(materialized='temporary') }}
select distinct
    node_parents.parent as node,
    neighbour_parents.parent as neighbour
from {{ relations.edges }} as edges
inner join {{ relations.parents }} as node_parents
    on edges.node = node_parents.node
inner join {{ relations.parents }} as neighbour_parents
    on edges.neighbour = neighbour_parents.node
