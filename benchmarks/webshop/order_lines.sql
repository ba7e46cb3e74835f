-- Grain: one row per order line. Five lines are two orders, of two and three
-- lines; a share of the lines has another amount than in the first version.
with

numbers as (

    select
        range as line,
        range // 5 * 2 + if(range % 5 < 2, 0, 1) as order_number,
        if(range % 5 < 2, range % 5, range % 5 - 2) + 1 as line_number,
        dice('sku', range, getvariable('products')) as product,
        dice('quantity', range, 5) + 1 as quantity,
        range * 7919 % 10000 < getvariable('changed') * 100 as is_changed
    from range(getvariable('lines'))

),

orders as (

    select
        *,
        dice('customer', order_number, getvariable('customers')) as customer,
        dice('coupon', order_number, 20) as coupon,
        timestamp '2023-01-01 00:00'
        + to_minutes(dice('at', order_number, 1500000)) as ordered_at,
        product * 37 % 9901 / 100 + 1 as unit_price
    from numbers

),

final as (

    select
        format('O{:09d}', order_number) as order_id,
        line_number,
        format('C{:08d}', customer) as customer_id,
        format('SKU-{:05d}', product) as sku,
        strftime(ordered_at, '%d-%m-%Y %H:%M') as ordered_at,
        case dice('status', order_number, 12)
            when 0 then 'returned'
            when 1 then 'open'
            else 'delivered'
        end as status,
        quantity,
        format('{:.2f}', unit_price) as unit_price,
        format('{:.2f}', quantity * unit_price + if(is_changed, 1, 0))
            as amount,
        'EUR' as currency,
        if(coupon = 0, format('WELCOME{:02d}', customer % 100), null) as coupon,
        case
            when line % 8 = 0 then 'leave it with the neighbours, please'
            when line % 8 = 1 then 'gift wrap, card "with love"'
        end as remark
    from orders

)

select * from final
order by order_id, line_number
