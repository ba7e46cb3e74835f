-- Grain: one row per postal code.
{{ config(materialized='table') }}

select
    postal_code,
    city,
    province,
    try_cast(replace(average_income, ',', '.') as decimal(38, 10))
        as area_income
from read_csv(
    '{{ var("landing") }}/postal_codes.csv',
    header = true,
    all_varchar = true,
    delim = ';'
)
