{#- Grain: one row per profile whose revenue is among the five highest. -#}
with

numbered as (

    select
        profile_id,
        row_number() over (order by revenue desc, customer_key) as place
    from {{ ref('profiles') }}
    where revenue > 0

)

select profile_id
from numbered
where place <= 5
