{#- Grain: one row per row that is applied to a product. -#}
{{ config(materialized='view') }}
select
    links.outcome,
    rows_read.*
from {{ side_by_side(relations.rows, relations.links) }}
where
    {{ row_id('rows_read') }} = links.row_id
    and links.outcome in ('created', 'updated', 'duplicate')
