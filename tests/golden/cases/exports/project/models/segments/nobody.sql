{#- Grain: no row. -#}
select profile_id from {{ ref('profiles') }} where false
