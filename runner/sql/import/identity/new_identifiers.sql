{#-
    Grain: one row per identifier value that belonged to no profile before (P1).
-#}
{{ config(materialized='append', into='runner.identifiers') }}
{% set limited = identifiers | selectattr('limit') | list %}
{% set parts = identifiers | map(attribute='parts') | sum(start=()) %}
{% set properties = parts | map('first') | unique(true) | list %}
with

identities as {{ not_materialized() }} (

    select
        clusters.profile_id,
{% for key in plan.identity_keys %}
        identities.{{ key.column }},
        identities.{{ key.profile }},
{% endfor %}
        identities.first_row_order
    from {{ relations.identities }} as identities
    inner join {{ relations.clusters }} as clusters
        on identities.identity_id = clusters.identity_id
{% if plan.objectives %}
    anti join {{ relations.refused }} as refused
        on clusters.profile_id = refused.profile_id
{% endif %}
    where clusters.profile_id is not null

),

profiles as {{ not_materialized() }} (

    select * from {{ relations.changed_profiles }}

),

{% if plan.separated %}
separated as (

    select
        identifier,
        value
    from {{ relations.separated }}

),

{% endif %}
{% if plan.is_guarded %}
junk_values as (

    select
        identifier,
        value
    from {{ relations.new_shared_values }}
    where is_junk

),

{% endif %}
earlier as (

    select
        identifier,
        value{{ ',' if limited }}
{% if limited %}
        profile_id
{% endif %}
    from runner.identifiers

),

from_rows as (

{% for key in plan.identity_keys %}
    select
        {{ text(key.identifier) }} as identifier,
        {{ key.column }} as value,
        profile_id,
        first_row_order
    from identities
    where
        {{ key.column }} is not null
        and {{ key.profile }} is null
{{ '    union all' if not loop.last }}
{% endfor %}

),

{# Once: repeated in each condition it would take long to plan. #}
texts as {{ not_materialized() }} (

    select
        {{ entity.id }} as profile_id,
{% for property in properties %}
        {{ identifier_text('cast(' ~ name(property) ~ ' as string)') }}
            as {{ name(property) }}{{ ',' if not loop.last }}
{% endfor %}
    from profiles

),

from_profiles as (

{% for identifier in identifiers %}
    select
        {{ text(identifier.name) }} as identifier,
        {{ identifier_value(identifier) }} as value,
        profile_id
    from texts
{{ '    union all' if not loop.last }}
{% endfor %}

),

first_of_rows as (

    select
        identifier,
        value,
        {{ first_by('profile_id', 'first_row_order') }} as profile_id
    from from_rows
    group by
        identifier,
        value

),

first_of_profiles as (

    select
        from_profiles.identifier,
        from_profiles.value,
        min(from_profiles.profile_id) as profile_id
    from from_profiles
    anti join first_of_rows
        on from_profiles.value = first_of_rows.value
        and from_profiles.identifier = first_of_rows.identifier
{% if plan.separated %}
    anti join separated
        on from_profiles.value = separated.value
        and from_profiles.identifier = separated.identifier
{% endif %}
{% if plan.is_guarded %}
    anti join junk_values
        on from_profiles.value = junk_values.value
        and from_profiles.identifier = junk_values.identifier
{% endif %}
    where from_profiles.value is not null
    group by
        from_profiles.identifier,
        from_profiles.value

),

{% if limited %}
{# What a profile may not hold stays a value that finds nobody. #}
held as (

    select
        identifier,
        profile_id,
        count(*) as value_count
    from (
        select * from earlier
        union
        select * from first_of_rows
    ) as found
    group by
        identifier,
        profile_id

),

limits as (

{% for identifier in limited %}
    select
        {{ text(identifier.name) }} as identifier,
        {{ identifier.limit }} as most
{{ '    union all' if not loop.last }}
{% endfor %}

),

over_limit as (

    select
        held.identifier,
        held.profile_id
    from held
    inner join limits
        on held.identifier = limits.identifier
    where held.value_count >= limits.most

),

{% endif %}
once as (

    select * from first_of_rows
    union all
    select first_of_profiles.*
    from first_of_profiles
{% if limited %}
    anti join over_limit
        on first_of_profiles.identifier = over_limit.identifier
        and first_of_profiles.profile_id = over_limit.profile_id
{% endif %}

),

final as (

    select once.*
    from once
    anti join earlier
        on once.value = earlier.value
        and once.identifier = earlier.identifier

)

select * from final
