{#- Grain: one row per area whose customers together spent as much as a VIP. -#}
with

members as (

    select
        group_id,
        profile_id
    from {{ ref('profile_groups') }}
    where group_type = 'area'

),

areas as (

    select
        group_id,
        code,
        city,
        average_income,
        members as count_members
    from {{ ref('groups_area') }}

),

profiles as (

    select
        profile_id,
        total_spend
    from {{ ref('profiles') }}

),

final as (

    select
        areas.code,
        areas.city,
        areas.average_income,
        areas.count_members,
        sum(profiles.total_spend) as total_spend
    from members
    inner join areas
        on members.group_id = areas.group_id
    inner join profiles
        on members.profile_id = profiles.profile_id
    where areas.count_members >= 3
    group by
        areas.code,
        areas.city,
        areas.average_income,
        areas.count_members
    having sum(profiles.total_spend) >= {{ var('vip_threshold') }}

)

select * from final
