{#-
    Grain: one row per profile of the batch whose rows are not applied, with the
    reason (C1). Profiles that the rows would merge are judged as one, and
    refused together.
-#}
{{ config(materialized='temporary', when=plan.objectives) }}
{% set is_merging = plan.may_keep_apart %}
{% set objectives = plan.objectives | map(attribute='name') | map('text') %}
{% set refused_id = 'refusers.profile_id' %}
{% set merged_id -%}
coalesce(possible_merges.profile_id, recalled.profile_id)
{%- endset %}
with

linked as (

    select distinct profile_id
    from {{ relations.linked }}
    where outcome in ('created', 'updated', 'duplicate', 'unchanged')

),

{% if is_merging %}
possible_merges as {{ not_materialized() }} (

    select
        alias_id,
        profile_id
    from {{ relations.possible_merges }}

),

refused_merges as (

    select
        alias_id,
        profile_id
    from {{ relations.refused_merges }}

),

{% endif %}
{% if plan.may_withhold %}
withheld as (

    select
        profile_id,
        reason
    from {{ relations.withheld_rows }}

),

{% endif %}
refusers as (

    select
        refuser_id,
        profile_id
    from {{ relations.refusers }}

),

said_earlier as (

    {{ said_before(plan.objectives) }}

),

{% if plan.consents %}
periods as (

    select *
    from {{ relations.consent_periods }}
    where objective in ({{ objectives | join(', ') }})

),

{% endif %}
stated as (

{% if plan.consents %}
    select said_earlier.*
    from said_earlier
    anti join periods
        on said_earlier.goal = periods.goal
        and said_earlier.profile_id = periods.profile_id
        and said_earlier.objective = periods.objective
    union all
    select
        goal,
        profile_id,
        objective,
        consented,
        stated_at,
        origin,
        cast(-1 as {{ stored_type('order') }}) as row_order
    from periods
{% else %}
    select * from said_earlier
{% endif %}

),

joint as (

    {{ of_customers('stated') }}

),

{# A refusal by someone without a profile is one of whom its values lead to. #}
recalled as (

    select * from joint
    union all
    select {{ all_columns('joint', replaced={'profile_id': refused_id}) }}
    from joint
    inner join refusers
        on joint.profile_id = refusers.refuser_id

),

candidates as (

{% if is_merging %}
    select distinct
        coalesce(possible_merges.profile_id, linked.profile_id) as profile_id
    from linked
    left join possible_merges
        on linked.profile_id = possible_merges.alias_id
{% else %}
    select profile_id
    from linked
{% endif %}

),

attributed as (

{% if is_merging %}
    select {{ all_columns('recalled', replaced={'profile_id': merged_id}) }}
    from recalled
    left join possible_merges
        on recalled.profile_id = possible_merges.alias_id
{% else %}
    select *
    from recalled
{% endif %}

),

said as (

    select attributed.*
    from attributed
    semi join candidates
        on attributed.profile_id = candidates.profile_id

),

{{ latest_consent() }}

{{ refused_profiles(plan.objectives) }}

refusals as (

    select * from refused
{% if plan.may_withhold %}
    union
    select * from withheld
{% endif %}

),

{% if is_merging %}
unmerged as (

    select * from possible_merges
    union
    select * from refused_merges

),

{% endif %}
judgements as (

    select * from refusals
{% if is_merging %}
    union all
    select
        unmerged.alias_id as profile_id,
        refusals.reason
    from refusals
    inner join unmerged
        on refusals.profile_id = unmerged.profile_id
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
