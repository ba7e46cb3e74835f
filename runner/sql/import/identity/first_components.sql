{#- Grain: one row per node that has a neighbour, after the first contraction. -#}
select
    node,
    parent as component
from {{ relations.parents }}
