-- runner/sql/import/first_components.sql, for connections/shop.yml:5
select
    node,
    parent as component
from "shop.orders.contracted_parents"
