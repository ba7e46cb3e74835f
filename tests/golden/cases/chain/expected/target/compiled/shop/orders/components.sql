-- runner/sql/import/components.sql, for connections/shop.yml:5
select
    components.node,
    coalesce(parents.parent, components.component) as component
from "shop.orders.components" as components
left join "shop.orders.contracted_parents" as parents
    on components.component = parents.node
