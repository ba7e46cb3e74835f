{#- Grain: one row per profile with two recent orders above a threshold. -#}
with

customer_orders as (

    select
        profile_id,
        count_recent_orders,
        recently_spent
    from {{ ref('customer_orders') }}

),

final as (

    select profile_id
    from customer_orders
    where
        count_recent_orders >= 2
        and recently_spent > {{ var('repeat_threshold') }}

)

select * from final
