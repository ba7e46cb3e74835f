-- runner/sql/export/rows.sql, for connections/shop.yml:27
with

members as (

    select profile_id
    from segments."rich"

),

profiles as (

    select * from main.profiles

),

"segments_1" as (

    select
        profile_id,
        array_to_string(list_sort(list(distinct segment)), '|') as segments
    from main.segment_members
    group by profile_id

),

final as (

    select
        profiles.profile_id as "key",
        profiles."customer_id" -- connections/shop.yml:33
            as "ID",
        profiles."email" -- connections/shop.yml:34
            as "EMAIL",
        cast(profiles."spent" as string) -- connections/shop.yml:35
            as "SPENT",
        "segments_1".segments -- connections/shop.yml:36
            as "SEGMENTS"
    from profiles
    semi join members
        on profiles.profile_id = members.profile_id
    left join "segments_1"
        on profiles.profile_id = "segments_1".profile_id
    where
        profiles."customer_id" != ''
        or profiles."email" != ''
        or profiles."spent" is not null

)

select * from final
