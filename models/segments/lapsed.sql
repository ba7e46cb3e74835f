{#- Grain: one row per profile that ordered, but not recently. -#}
with

profiles as (

    select
        profile_id,
        last_order_at
    from {{ ref('profiles') }}

),

{# The newest order, not today: the same files give the same members. #}
newest_order as (

    select max(last_order_at) as ordered_at
    from profiles

),

final as (

    select profiles.profile_id
    from profiles
    cross join newest_order
    where
        profiles.last_order_at < newest_order.ordered_at
        - interval '{{ var('lapsed_after_days') }}' day

)

select * from final
