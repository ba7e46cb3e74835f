-- runner/sql/import/taken_back.sql, for connections/shop.yml:5
with

sums as (

    select
        profile_id,
        property,
        sum(amount) as amount
    from "shop.orders.stale_sums"
    where goal = 'shop.orders'
    group by all

),

totals as (

    select
        profile_id,
        sum(amount) filter (where property = 'income') as "income",
        sum(amount) filter (where property = 'spent') as "spent",
        sum(amount) filter (where property = 'lines') as "lines",
        count(*) as property_count
    from sums
    group by profile_id

),

final as (

    select profiles.* replace (
        cast(
            if(
                totals."income" is null,
                profiles."income",
                nullif(profiles."income" - totals."income", 0)
            ) as decimal(18,2)
        ) as "income",
        cast(
            if(
                totals."spent" is null,
                profiles."spent",
                nullif(profiles."spent" - totals."spent", 0)
            ) as decimal(18,2)
        ) as "spent",
        cast(
            if(
                totals."lines" is null,
                profiles."lines",
                nullif(profiles."lines" - totals."lines", 0)
            ) as bigint
        ) as "lines"
    )
    from main.profiles as profiles
    inner join totals
        on profiles.profile_id = totals.profile_id

)

select * from final
