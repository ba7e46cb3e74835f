{#-
    Grain: one row per profile of the batch whose rows are not applied, with why (C1). Profiles
    that the rows would make one are judged as one, and refused together.
-#}
with

people as (

{% if plan.may_keep_apart %}
    select distinct coalesce(possible.profile_id, linked.profile_id) as profile_id
    from {{ relations.linked }} as linked
    left join {{ relations.possible_merges }} as possible
        on linked.profile_id = possible.alias_id
    where linked.outcome in ('created', 'updated', 'duplicate', 'unchanged')
{% else %}
    select distinct profile_id
    from {{ relations.linked }}
    where outcome in ('created', 'updated', 'duplicate', 'unchanged')
{% endif %}

),

stated as (

    {{ said_before(plan.objectives) }}
{% if plan.consents %}
    union all
    select * from {{ relations.statements }}
    where objective in ({{ plan.objectives | map(attribute='name') | map('text') | join(', ') }})
{% endif %}

),

said as (

{% if plan.may_keep_apart %}
    select stated.* replace (coalesce(possible.profile_id, stated.profile_id) as profile_id)
    from stated
    left join {{ relations.possible_merges }} as possible
        on stated.profile_id = possible.alias_id
{% else %}
    select stated.*
    from stated
{% endif %}
    semi join people
        on {{ 'coalesce(possible.profile_id, stated.profile_id)' if plan.may_keep_apart else 'stated.profile_id' }} = people.profile_id

),

{{ latest_consent() }}

{{ refused_profiles(plan.objectives) }}

together as (

    select * from refused
{% if plan.may_withhold %}
    union
    select
        profile_id,
        reason
    from {{ relations.withheld_rows }}
{% endif %}

),

{% if plan.may_keep_apart %}
apart as (

    select * from {{ relations.possible_merges }}
    union
    select * from {{ relations.refused_merges }}

),

{% endif %}
judgements as (

    select * from together
{% if plan.may_keep_apart %}
    union all
    select
        apart.alias_id as profile_id,
        together.reason
    from together
    inner join apart
        on together.profile_id = apart.profile_id
{% endif %}

),

final as (

    select
        profile_id,
        max(reason) as reason
    from judgements
    group by profile_id

)

select * from final
