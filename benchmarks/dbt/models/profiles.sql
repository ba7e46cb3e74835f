-- Grain: one row per customer, made anew each time: by one identifier alone.
{{ config(materialized='table') }}

with

order_rows as (

    select * from {{ ref('order_rows') }}

),

customers as (

    select * from {{ ref('stg_customers') }}

),

products as (

    select * from {{ ref('stg_products') }}

),

postal_codes as (

    select * from {{ ref('stg_postal_codes') }}

),

folded as (

    select
        order_rows.customer_id,
        max(order_rows.ordered_at) as last_order_at,
        list(distinct products.category) as interests,
        list(distinct products.brand) as brands,
        list(distinct order_rows.coupon) filter (
            where order_rows.coupon is not null
        ) as coupons,
        sum(order_rows.quantity) as items_bought,
        sum(order_rows.amount) as total_spend
    from order_rows
    left join products
        on order_rows.sku = products.sku
    group by order_rows.customer_id

),

final as (

    select
        cast(md5('customer_id:' || folded.customer_id) as uuid) as profile_id,
        folded.customer_id,
        customers.email,
        customers.first_name,
        customers.last_name,
        customers.phone,
        customers.birth_date,
        customers.newsletter,
        postal_codes.city,
        postal_codes.province,
        postal_codes.area_income,
        folded.interests,
        folded.brands,
        folded.coupons,
        folded.items_bought,
        folded.total_spend,
        folded.last_order_at,
        'webshop' as source
    from folded
    left join customers
        on folded.customer_id = customers.customer_id
    left join postal_codes
        on customers.postal_code = postal_codes.postal_code

)

select * from final
