{#- Grain: one row per profile whose revenue is among the five highest. -#}
select profile_id
from {{ ref('profiles') }}
where revenue > 0
qualify row_number() over (order by revenue desc, customer_key) <= 5
