{#- Grain: one row per identifier value that belonged to no profile before (P1). -#}
with

from_rows as (

{% for key in plan.keys %}
    select
        {{ text(key.identifier) }} as identifier,
        identities.{{ name('key ' ~ key.number) }} as value,
        people.profile_id,
        1 as rank,
        cast(identities.first_row_order as hugeint) as row_order
    from {{ relations.identities }} as identities
    inner join {{ relations.clusters }} as people
        on identities.identity_id = people.identity_id
{% if plan.objectives %}
    anti join {{ relations.refused }} as refused
        on people.profile_id = refused.profile_id
{% endif %}
    where
        identities.{{ name('key ' ~ key.number) }} is not null
        and identities.{{ name('profile ' ~ key.number) }} is null
        and people.profile_id is not null
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
        cast(row_number() over (order by {{ entity.id }}) as hugeint) as row_order
    from {{ relations.changed_profiles }}
{{ '    union all' if not loop.last }}
{% endfor %}

),

candidates as (

    select * from from_rows
    union all
    select from_profiles.*
    from from_profiles
{% if plan.separated %}
    anti join {{ relations.separated }} as separated
        on from_profiles.value = separated.value
        and from_profiles.identifier = separated.identifier
{% endif %}
{% if plan.is_guarded %}
    anti join (select * from {{ relations.new_shared_values }} where is_junk) as junk
        on from_profiles.value = junk.value
        and from_profiles.identifier = junk.identifier
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
    left join runner.identifiers as earlier
        on once.value = earlier.value
        and once.identifier = earlier.identifier
    where earlier.value is null

)

select * from final
