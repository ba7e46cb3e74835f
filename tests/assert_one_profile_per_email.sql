{#- Grain: one row per e-mail address that more than one profile has. -#}
with

profiles as (

    select
        profile_id,
        email
    from {{ ref('profiles') }}

),

final as (

    select
        email,
        count(*) as count_profiles
    from profiles
    where email is not null
    group by email
    having count(*) > 1

)

select * from final
