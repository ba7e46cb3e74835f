{#-
    Grain: one row per profile, or group, that becomes part of another (P2
    `merge`). `possible_merges` has those too that a refusal keeps apart (C1).
-#}
{{ config(
    materialized='temporary',
    when=plan.may_keep_apart if is_possible else plan.is_merging
) }}
{% set is_judged = plan.may_keep_apart and not is_possible %}
with

clusters as (

    select
        component_profiles,
        profile_id
    from {{ relations.clusters }}
    where
        profile_count > 1
        and profile_id is not null

),

{% if is_judged %}
refused as {{ not_materialized() }} (

    select profile_id
    from {{ relations.refused }}

),

{% endif %}
members as (

    select distinct
        {{ each_item('component_profiles') }} as alias_id,
        profile_id
    from clusters

),

final as (

    select
        alias_id,
        profile_id
    from members
    where
        alias_id != profile_id
{% if is_judged %}
        and alias_id not in (select refused.profile_id from refused)
        and profile_id not in (select refused.profile_id from refused)
{% endif %}

)

select * from final
