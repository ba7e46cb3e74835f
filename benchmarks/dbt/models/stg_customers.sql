-- Grain: one row per customer.
{{ config(materialized='table') }}

select
    customer_id,
    lower(trim(email)) as email,
    first_name,
    last_name,
    phone,
    cast(try_strptime(birth_date, '%d-%m-%Y') as date) as birth_date,
    postal_code,
    try_cast(newsletter as boolean) as newsletter
from read_csv(
    '{{ var("landing") }}/customers.csv',
    header = true,
    all_varchar = true,
    delim = ','
)
