{#- Grain: one row per profile that spent at least vip_threshold. -#}
with

profiles as (

    select
        profile_id,
        total_spend
    from {{ ref('profiles') }}

),

final as (

    select profile_id
    from profiles
    where total_spend >= {{ var('vip_threshold') }}

)

select * from final
