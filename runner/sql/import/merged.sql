{#- Grain: one row per profile, or group, that becomes part of another (P2 `merge`). -#}
with

people as (

    select * from {{ relations.people }}
    where profile_count > 1

),

held as (

    select distinct
        unnest(component_profiles) as alias_id,
        profile_id
    from people
    where profile_id is not null

),

final as (

    select
        alias_id,
        profile_id
    from held
    where alias_id != profile_id

)

select * from final
