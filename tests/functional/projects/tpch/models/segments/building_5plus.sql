{#- Grain: one row per profile of the market BUILDING with five orders or more. -#}
select profile_id
from {{ ref('profiles') }}
where market = 'BUILDING' and orders >= 5
