-- Grain: one row per different order line, added when it first comes.
{{ config(materialized='incremental', incremental_strategy='append') }}

with

lines as (

    select
        *,
        md5_number(concat_ws(
            chr(31), order_id, line_number, customer_id, sku, ordered_at,
            status, quantity, unit_price, amount, currency,
            coalesce(coupon, chr(30)), coalesce(remark, chr(30))
        )) as row_hash
    from read_csv(
        '{{ var("landing") }}/order_lines.csv',
        header = true,
        all_varchar = true,
        delim = ','
    )

),

{% if is_incremental() %}
    known as (

        select row_hash
        from {{ this }}

    ),

{% endif %}
new_lines as (

    select lines.*
    from lines
    {% if is_incremental() %}
        anti join known
            on lines.row_hash = known.row_hash
    {% endif %}
    where lines.status is distinct from 'returned'

),

final as (

    select
        row_hash,
        customer_id,
        sku,
        coupon,
        try_cast(quantity as bigint) as quantity,
        try_cast(amount as decimal(18, 10)) as amount,
        try_strptime(ordered_at, '%d-%m-%Y %H:%M') as ordered_at
    from new_lines
    qualify row_number() over (partition by row_hash) = 1

)

select * from final
