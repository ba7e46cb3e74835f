{#-
    Grain: one row per node of the graph: the least of it and its neighbours.
-#}
{{ config(materialized='temporary') }}
with

edges as {{ not_materialized() }} (

    select
        node,
        neighbour
    from {{ relations.edges }}

),

both_ways as (

    select
        node,
        neighbour
    from edges
    union all
    select
        neighbour as node,
        node as neighbour
    from edges

),

final as (

    select
        node,
        least(node, min(neighbour)) as parent
    from both_ways
    group by node

)

select * from final
