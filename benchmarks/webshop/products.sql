-- Grain: one row per product.
with

final as (

    select
        format('SKU-{:05d}', range) as sku,
        format('Product {}', range) as product_name,
        [
            'garden', 'kitchen', 'books', 'toys', 'sports', 'music', 'office',
            'pets'
        ][dice('category', range, 8) + 1] as category,
        format('Brand {}', dice('brand', range, 40)) as brand,
        format('{:.2f}', range * 37 % 9901 / 100 + 1) as list_price
    from range(getvariable('products'))

)

select * from final
order by sku
