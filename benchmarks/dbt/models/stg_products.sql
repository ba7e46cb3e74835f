-- Grain: one row per product.
{{ config(materialized='table') }}

select
    sku,
    category,
    brand
from read_csv(
    '{{ var("landing") }}/products.csv',
    header = true,
    all_varchar = true,
    delim = ','
)
