-- runner/sql/import/new_sums.sql, for connections/shop.yml:5
with

lines_1 as (

    select
        "line 1" as line_hash,
        "line 1" as anchor_hash,
        profile_id,
        "value spent",
        "value lines",
        origin
    from "shop.orders.applied_rows"
    qualify row_number() over (
        partition by "line 1"
        order by row_order
    ) = 1

),

counted as (

    select
        'spent' as property,
        line_hash,
        anchor_hash,
        profile_id,
        cast("value spent" as decimal(38, 10)) as amount,
        origin
    from lines_1
    where "value spent" is not null
    union all
    select
        'lines' as property,
        line_hash,
        anchor_hash,
        profile_id,
        cast("value lines" as decimal(38, 10)) as amount,
        origin
    from lines_1
    where "value lines" is not null

),

final as (

    select
        'shop.orders' as goal,
        counted.property,
        counted.line_hash,
        counted.anchor_hash,
        counted.profile_id,
        counted.amount,
        counted.origin
    from counted
    left join runner.sums as earlier
        on counted.line_hash = earlier.line_hash
        and counted.property = earlier.property
        and earlier.goal = 'shop.orders'
    where earlier.goal is null

)

select * from final
