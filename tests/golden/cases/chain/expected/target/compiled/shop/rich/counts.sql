-- runner/sql/export/counts.sql, for connections/shop.yml:27
with

members as (

    select distinct profile_id
    from segments."rich"

),

counted as (

    select count(profile_id) as member_count from members

),

profiles as (

    select * from main.profiles

),

final as (

    select
        (select member_count from counted) as member_count,
        count(*) as exported_count
    from profiles
    inner join members
        on profiles.profile_id = members.profile_id
    where
        profiles."customer_id" != ''
        or profiles."email" != ''
        or profiles."spent" is not null

)

select * from final
