{#-
    Grain: one row per identifier value and person, of the rows that are not
    applied for want of consent (C1): by it what the person said is found when
    they appear under it. A row of several values is a link, whoever was asked.
-#}
{{ config(
    materialized='append',
    into='runner.refusals',
    when=plan.consents or plan.objectives,
    on_call=true
) }}
{#-
    Where profiles do not merge, rows of one that is there link nobody to it.
-#}
{% set keys = plan.identity_keys %}
with

rows_left as {{ not_materialized() }} (

    select
        coalesce(links.profile_id, {{ possible_id(keys, 'rows_read') }})
            as profile_id,
{% for key in keys %}
        rows_read.{{ key.column }},
{% endfor %}
        rows_read.origin
    from {{ rows_with_links(relations.rows, relations.links) }}
    where
        links.outcome in ('no_consent', 'unmatched')

),

known as (

    select
        identifier,
        value_hash,
        profile_id
    from runner.refusals

),

owned as (

    select
        identifier,
        value
    from runner.identifiers

),

{% if not plan.is_merging %}
profiles as (

    select profile_id
    from {{ entity.table }}

),

{% endif %}

refused as (

{% if plan.objectives %}
    select profile_id
    from {{ relations.refused }}
    where reason = 'refused'
{% endif %}
{{ '    union' if plan.objectives and plan.consents }}
{% if plan.consents %}
    select profile_id
    from {{ relations.consent_periods }}
    where not consented
{% endif %}

),

kept as (

    select rows_left.*
    from rows_left
    left join refused
        on rows_left.profile_id = refused.profile_id
{% if not plan.is_merging %}
    anti join profiles
        on rows_left.profile_id = profiles.profile_id
{% endif %}
    where
        refused.profile_id is not null
{% if keys | length > 1 and plan.objectives %}
        or (
{% for key in keys %}
            {{ '+ ' if not loop.first -}}
            if(rows_left.{{ key.column }} is null, 0, 1)
{% endfor %}
        ) > 1
{% endif %}

),

keyed as (

{% for key in keys %}
{% set value = 'kept.' ~ key.column %}
    select
        kept.profile_id,
        kept.origin,
        {{ text(key.identifier) }} as identifier,
        {{ identifier_hash(text(key.identifier), value) }} as value_hash
    from kept
    anti join owned
        on {{ value }} = owned.value
        and owned.identifier = {{ text(key.identifier) }}
    where {{ value }} is not null
{{ '    union all' if not loop.last }}
{% endfor %}

),

final as (

    select
        keyed.identifier,
        keyed.value_hash,
        keyed.profile_id,
        min(keyed.origin) as origin
    from keyed
    anti join known
        on keyed.identifier = known.identifier
        and keyed.value_hash = known.value_hash
        and keyed.profile_id = known.profile_id
    group by
        keyed.identifier,
        keyed.value_hash,
        keyed.profile_id

)

select * from final
