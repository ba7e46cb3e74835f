{#- Grain: one row per profile whose e-mail address is not normalized. -#}
with

profiles as (

    select
        profile_id,
        email
    from {{ ref('profiles') }}

),

final as (

    select profile_id
    from profiles
    where
        email is not null
        and email is distinct from {{ normalize_email('email') }}

)

select * from final
