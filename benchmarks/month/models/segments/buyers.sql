{#- Grain: one row per customer who spent 100 at least. -#}
select profile_id
from {{ ref('profiles') }}
where spent >= 100
