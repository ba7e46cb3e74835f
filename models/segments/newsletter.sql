{#- Grain: one row per profile that wants the newsletter and can get it. -#}
with

profiles as (

    select
        profile_id,
        email,
        subscribed
    from {{ ref('profiles') }}

),

final as (

    select profile_id
    from profiles
    where subscribed and email is not null

)

select * from final
