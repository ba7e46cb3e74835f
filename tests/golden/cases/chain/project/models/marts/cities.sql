{#- Grain: one row per city. -#}
select
    city,
    count(*) as count_profiles
from {{ ref('profiles') }}
group by city
