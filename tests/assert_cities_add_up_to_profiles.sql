{#- Grain: one row if the sums of cities and profiles differ, else none. -#}
with

profiles as (

    select
        total_spend,
        count_order_lines
    from {{ ref('profiles') }}

),

spend_by_city as (

    select
        total_spend,
        count_order_lines
    from {{ ref('spend_by_city') }}

),

of_profiles as (

    select
        sum(total_spend) as total_spend,
        sum(count_order_lines) as count_order_lines
    from profiles

),

of_cities as (

    select
        sum(total_spend) as total_spend,
        sum(count_order_lines) as count_order_lines
    from spend_by_city

),

final as (

    select
        of_profiles.total_spend as total_spend_of_profiles,
        of_cities.total_spend as total_spend_of_cities,
        of_profiles.count_order_lines as count_order_lines_of_profiles,
        of_cities.count_order_lines as count_order_lines_of_cities
    from of_profiles
    cross join of_cities
    where
        of_profiles.total_spend is distinct from of_cities.total_spend
        or of_profiles.count_order_lines
        is distinct from of_cities.count_order_lines

)

select * from final
