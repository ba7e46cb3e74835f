{#-
    Grain: one row per joined row that is not applied while its person is
    suppressed (C2), or does not consent (C1); and per identifier value of one
    that is not applied until there is a profile with it.
-#}
{{ config(
    materialized='append',
    into='runner.pending_rows',
    when=is_suppressing or plan.objectives
    or not plan.goal.identify.create_profiles
) }}
{% set is_tried_again = not plan.goal.identify.create_profiles %}
{% set is_asking = plan.objectives | length > 0 %}
with

linked as (

    select
        links.row_id,
        links.outcome,
        links.profile_id,
{% for key in plan.identity_keys if is_tried_again %}
        rows_read.{{ key.column }},
{% endfor %}
        rows_read.origin
    from {{ rows_with_links(relations.rows, relations.links) }}
    where
        links.outcome in ('suppressed', 'no_consent', 'unmatched')

),

{% if suppressible %}
suppressed as (

    select * from {{ relations.suppressed_rows }}

),

{% endif %}
{% if plan.objectives %}
refused as (

    select * from {{ relations.refused }}

),

{% endif %}
final as (

{% if suppressible %}
    select
        {{ text(plan.name) }} as goal,
        linked.outcome,
        linked.origin,
        cast(null as {{ stored_type('id') }}) as profile_id,
        suppressed.reason,
        suppressed.identifier,
        suppressed.value_hash
    from linked
    inner join suppressed
        on linked.row_id = suppressed.row_id
    where linked.outcome = 'suppressed'
{% endif %}
{% if suppressible and is_asking %}
    union all
{% endif %}
{% if plan.objectives %}
    select
        {{ text(plan.name) }} as goal,
        linked.outcome,
        linked.origin,
        linked.profile_id,
        refused.reason,
        cast(null as string) as identifier,
        cast(null as string) as value_hash
    from linked
    left join refused
        on linked.profile_id = refused.profile_id
    where linked.outcome = 'no_consent'
{% endif %}
{% for key in plan.identity_keys if is_tried_again %}
{% if suppressible or is_asking or not loop.first %}
    union all
{% endif %}
    select
        {{ text(plan.name) }} as goal,
        linked.outcome,
        linked.origin,
        {{ stable_uuid(text(key.identifier ~ ':') ~ ' || ' ~ key.column) }}
            as profile_id,
        'no_profile' as reason,
        {{ text(key.identifier) }} as identifier,
        cast(null as string) as value_hash
    from linked
    where
        linked.outcome = 'unmatched'
        and linked.{{ key.column }} is not null
{% endfor %}

)

select * from final
