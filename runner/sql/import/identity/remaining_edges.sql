{#-
    Grain: one row per pair of different parents that an edge still joins. This
    is not part of the join: DuckDB 1.5 needs minutes for an inequality inside a
    join of tables of the same transaction.
-#}
{{ config(materialized='temporary') }}
select
    node,
    neighbour
from {{ relations.contracted_edges }}
where node != neighbour
