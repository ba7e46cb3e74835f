{#-
    Grain: one row per pair of different parents that an edge still joins. Apart from the join:
    an inequality inside it takes DuckDB 1.5 minutes on tables of the same transaction.
-#}
select
    node,
    neighbour
from {{ relations.contracted_edges }}
where node != neighbour
