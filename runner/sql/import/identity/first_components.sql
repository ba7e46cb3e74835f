{#- Grain: one row per node with a neighbour, after the first contraction. -#}
{{ config(materialized='temporary') }}
select
    node,
    parent as component
from {{ relations.parents }}
