{#- Grain: one row per profile and objective that something was said of, with the last of it. -#}
with

latest as (

    select *
    from runner.consent
    qualify row_number() over (
        partition by profile_id, objective
        order by confirmed_at desc, confirmed_origin desc
    ) = 1

),

final as (

    select
        latest.profile_id,
        latest.objective,
        latest.consented,
        latest.stated_at,
        latest.confirmed_at,
        latest.goal,
        files.path as file,
        latest.confirmed_origin % 4294967296 as line
    from latest
    semi join main.profiles as profiles
        on latest.profile_id = profiles.profile_id
    left join runner.files as files
        on latest.confirmed_origin // 4294967296 = files.file_id

)

select * from final
