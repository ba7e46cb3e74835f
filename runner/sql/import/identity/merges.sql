{#-
    Grain: one row per profile, or group, that becomes part of another (P2 `merge`).
{% if is_possible %}
    Here: or would, if nobody refused (C1).
{% endif %}
-#}
with

people as (

    select * from {{ relations.clusters }}
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
    where
        alias_id != profile_id
{% if plan.may_keep_apart and not is_possible %}
        and alias_id not in (select refused.profile_id from {{ relations.refused }} as refused)
        and profile_id not in (select refused.profile_id from {{ relations.refused }} as refused)
{% endif %}

)

select * from final
