{#- Grain: one row per node that has a neighbour, with its component. -#}
{{ config(materialized='temporary') }}
select
    components.node,
    coalesce(parents.parent, components.component) as component
from {{ relations.components }} as components
left join {{ relations.parents }} as parents
    on components.component = parents.node
