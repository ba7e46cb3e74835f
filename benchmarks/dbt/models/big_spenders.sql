-- Grain: one line per profile that spent at least the threshold.
{{
    config(
        materialized='external',
        location='big_spenders.csv',
        options={'delimiter': ';'}
    )
}}

select
    profile_id,
    email,
    last_name,
    strftime(birth_date, '%d-%m-%Y') as born,
    array_to_string(interests, '|') as interests,
    replace(cast(total_spend as varchar), '.', ',') as spend
from {{ ref('profiles') }}
where total_spend >= 2500
order by profile_id
