{#- Grain: one row per profile that spent enough. -#}
select profile_id
from {{ ref('profiles') }}
where spent >= {{ var('rich_from') }}
