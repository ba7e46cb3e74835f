{#- Grain: one row per city, and one for profiles without a city. -#}
with

profiles as (

    select
        profile_id,
        city,
        total_spend,
        count_order_lines
    from {{ ref('profiles') }}
    where count_order_lines > 0

),

vip as (

    select profile_id
    from {{ ref('vip') }}

),

buyers as (

    select
        coalesce(profiles.city, 'unknown') as city,
        coalesce(profiles.total_spend, 0) as total_spend,
        profiles.count_order_lines,
        vip.profile_id is not null as is_vip
    from profiles
    left join vip on profiles.profile_id = vip.profile_id

),

final as (

    select
        ---------- strings
        city,

        ---------- numerics
        count(*) as count_buyers,
        count(*) filter (where is_vip) as count_vips,
        cast(sum(count_order_lines) as bigint) as count_order_lines,
        sum(total_spend) as total_spend,
        cast(sum(total_spend) / count(*) as decimal(18, 2)) as average_spend
    from buyers
    group by city

)

select * from final
