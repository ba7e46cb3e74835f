-- runner/sql/import/contracted_parents.sql, for connections/shop.yml:5
with

both_ways as (

    select
        node,
        neighbour
    from "shop.orders.edges"
    union all
    select
        neighbour as node,
        node as neighbour
    from "shop.orders.edges"

),

final as (

    select
        node,
        least(node, min(neighbour)) as parent
    from both_ways
    group by node

)

select * from final
