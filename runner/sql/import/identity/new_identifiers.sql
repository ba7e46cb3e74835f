{#-
    Grain: one row per identifier value that belonged to no profile before (P1).
-#}
with

identities as not materialized (

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

profiles as not materialized (

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
        value
    from runner.identifiers

),

from_rows as (

{% for key in plan.identity_keys %}
    select
        {{ text(key.identifier) }} as identifier,
        {{ key.column }} as value,
        profile_id,
        1 as rank,
        cast(first_row_order as hugeint) as row_order
    from identities
    where
        {{ key.column }} is not null
        and {{ key.profile }} is null
{{ '    union all' if not loop.last }}
{% endfor %}

),

from_profiles as (

{% for identifier in identifiers %}
    select
        {{ text(identifier.name) }} as identifier,
        {{ identifier_value(identifier) }} as value,
        {{ entity.id }} as profile_id,
        2 as rank,
        cast(
            row_number() over (order by {{ entity.id }}) as hugeint
        ) as row_order
    from profiles
{{ '    union all' if not loop.last }}
{% endfor %}

),

candidates as (

    select * from from_rows
    union all
    select from_profiles.*
    from from_profiles
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

),

once as (

    select
        identifier,
        value,
        profile_id
    from candidates
    qualify row_number() over (
        partition by identifier, value
        order by rank, row_order
    ) = 1

),

final as (

    select once.*
    from once
    left join earlier
        on once.value = earlier.value
        and once.identifier = earlier.identifier
    where earlier.value is null

)

select * from final
