{#- Grain: one row per row that is applied to a product. -#}
{{ config(materialized='view') }}
select
    links.outcome,
    rows_read.*
from {{ rows_with_links(relations.rows, relations.links) }}
where
    links.outcome in ('created', 'updated', 'duplicate')
