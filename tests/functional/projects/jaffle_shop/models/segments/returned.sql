{#- Grain: one row per profile that sent something back that was paid for. -#}
select profile_id
from {{ ref('profiles') }}
where paid_when_returned > 0
