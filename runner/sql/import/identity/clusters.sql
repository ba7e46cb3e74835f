{#-
    Grain: one row per identity, with the profile it belongs to (P1, P2, P3).
    A component with no profile yet gets one, named by its first row's first identifier. One
    with several keeps them apart under `first`, is none of theirs under `reject`, and belongs
    to the oldest of them under `merge`: of equally old ones to that which a rebuild would make.
-#}
{% set on_conflict = plan.goal.identify.on_conflict %}
{% set is_listed = on_conflict != 'first' or plan.has_ambiguous %}
{% set is_parted = plan.separated and plan.keys | length > 1 %}
with

identities as (

    select
        *,
        coalesce(
{% for key in plan.keys %}
            {{ node(text(key.identifier), name('key ' ~ key.number)) }}{{ ',' if not loop.last }}
{% endfor %}
        ) as node,
        coalesce(
{% for key in plan.keys %}
            {{ text(key.identifier ~ ':') }} || {{ name('key ' ~ key.number) }}{{ ',' if not loop.last }}
{% endfor %}
        ) as first_identifier,
        list_distinct(list_filter([
            {% for key in plan.keys %}{{ name('profile ' ~ key.number) }}{{ ', ' if not loop.last }}{% endfor %}

        ], lambda profile: profile is not null)) as profiles
    from {{ relations.identities }}

),

placed as (

    select
        identities.*,
{% if plan.keys | length > 1 %}
        coalesce(components.component, identities.node) as component
    from identities
    left join {{ relations.components }} as components
        on identities.node = components.node
{% else %}
        identities.node as component
    from identities
{% endif %}

),

first_rows as (

    select
        component,
        arg_min(first_identifier, first_row_order) as first_identifier,
        min(first_row_order) as first_row_order
    from placed
    group by component

),

{% if is_parted %}
{# Components that join what people decided to be separate. #}
sides as (

    select
        separated.line,
        separated.identifier,
        separated.value,
        components.component
    from {{ relations.separated }} as separated
    cross join unnest([separated.node, separated.owner_node]) as found(node)
    inner join {{ relations.components }} as components
        on found.node = components.node
    where not separated.is_one

),

side_counts as (

    select
        line,
        component,
        count(distinct {'identifier': identifier, 'value': value}) as side_count
    from sides
    group by
        line,
        component

),

parted as (

    select distinct component
    from side_counts
    where side_count > 1

),

{% endif %}
owners as (

    select
        placed.component,
        count(distinct profile.{{ entity.id }}) as profile_count,
{% if is_listed %}
        list_sort(list(distinct profile.{{ entity.id }})) as profiles,
{% endif %}
        arg_min(
            profile.{{ entity.id }},
            (
                profile.created_at,
{% if on_conflict != 'first' %}
                profile.{{ entity.id }} is distinct from {{ stable_uuid('first_rows.first_identifier') }},
{% endif %}
                profile.{{ entity.id }}
            )
        ) as oldest_profile_id
    from placed
    cross join unnest(placed.profiles) as found(profile_id)
    inner join {{ entity.table }} as profile
        on found.profile_id = profile.{{ entity.id }}
{% if on_conflict != 'first' %}
    inner join first_rows
        on placed.component = first_rows.component
{% endif %}
    group by placed.component

),

final as (

    select
        placed.identity_id,
        coalesce(owners.profile_count, 0) = 0 as is_new,
        first_rows.first_row_order,
{% if is_listed %}
        coalesce(owners.profile_count, 0) as profile_count,
        coalesce(owners.profiles, []) as component_profiles,
{% endif %}
{% if is_parted %}
        parted.component is not null{% if on_conflict == 'first' %} and coalesce(owners.profile_count, 0) < 2{% endif %} as is_parted,
{% endif %}
{% if plan.has_ambiguous %}
        {{ 'is_parted or ' if is_parted }}{{ 'coalesce(owners.profile_count > 1, false)' if on_conflict == 'reject' else 'false' }} as is_ambiguous,
{% endif %}
        case
{% if is_parted %}
            when is_parted then null
{% endif %}
{% if on_conflict == 'first' %}
            when owners.profile_count > 1
                then coalesce(
                    {% for key in plan.keys %}placed.{{ name('profile ' ~ key.number) }}, {% endfor %}owners.oldest_profile_id
                )
            when owners.profile_count = 1 then owners.oldest_profile_id
{% elif on_conflict == 'merge' %}
            when owners.profile_count > 0 then owners.oldest_profile_id
{% else %}
            when owners.profile_count > 1 then null
            when owners.profile_count = 1 then owners.oldest_profile_id
{% endif %}
{% if plan.goal.identify.create_profiles %}
            else {{ stable_uuid('first_rows.first_identifier') }}
{% endif %}
        end as profile_id
    from placed
    inner join first_rows
        on placed.component = first_rows.component
    left join owners
        on placed.component = owners.component
{% if is_parted %}
    left join parted
        on placed.component = parted.component
{% endif %}

)

select * from final
