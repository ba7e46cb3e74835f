{#- Grain: one row per member, a profile that spent at least the threshold. -#}
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
    where total_spend >= {{ var('big_spender_threshold') }}

)

select * from final
