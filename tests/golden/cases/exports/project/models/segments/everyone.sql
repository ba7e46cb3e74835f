{#- Grain: one row per profile. -#}
select profile_id from {{ ref('profiles') }}
