{#- Grain: one row per profile of the batch whose rows are not applied, with why (C1). -#}
with

people as (

    select distinct profile_id
    from {{ relations.linked }}
    where outcome in ('created', 'updated', 'duplicate', 'unchanged')

),

said as (

    {{ said_before(plan.objectives) }}
        and profile_id in (select profile_id from people)
{% if plan.consents %}
    union all
    select * from {{ relations.statements }}
    where objective in ({{ plan.objectives | map(attribute='name') | map('text') | join(', ') }})
{% endif %}

),

{{ latest_consent() }}

{{ refused_profiles(plan.objectives) }}

final as (

    select * from refused

)

select * from final
