{#- Grain: one row per profile that ordered. -#}
with

orders as (

    select
        event_id,
        profile_id,
        occurred_at
    from {{ ref('events_order') }}

),

products as (

    select
        event_id,
        id,
        quantity,
        price
    from {{ ref('events_order_product') }}

),

{# The newest order, not today: the same files give the same figures. #}
newest_order as (

    select max(occurred_at) as ordered_at
    from orders

),

order_totals as (

    select
        event_id,
        sum(quantity) as quantity,
        sum(price) as spent
    from products
    group by event_id

),

dated as (

    select
        orders.profile_id,
        orders.occurred_at,
        coalesce(order_totals.quantity, 0) as quantity,
        coalesce(order_totals.spent, 0) as spent,
        orders.occurred_at > newest_order.ordered_at
        - interval '{{ var('repeat_days') }}' day as is_recent
    from orders
    cross join newest_order
    left join order_totals
        on orders.event_id = order_totals.event_id

),

final as (

    select
        ---------- ids
        profile_id,

        ---------- numerics
        count(*) as count_orders,
        count(*) filter (where is_recent) as count_recent_orders,
        cast(sum(quantity) as bigint) as count_products,
        cast(sum(spent) as decimal(18, 2)) as spent,
        cast(
            coalesce(sum(spent) filter (where is_recent), 0) as decimal(18, 2)
        ) as recently_spent,

        ---------- timestamps
        min(occurred_at) as first_ordered_at,
        max(occurred_at) as last_ordered_at
    from dated
    group by profile_id

)

select * from final
