{#-
    Grain: one row per identity, with the profile it belongs to (P1, P2 `first`, P3).
    A component with no profile yet gets one, named by its first row's first identifier.
-#}
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

owners as (

    select
        placed.component,
        count(distinct profile.{{ entity.id }}) as profile_count,
        arg_min(profile.{{ entity.id }}, (profile.created_at, profile.{{ entity.id }})) as oldest_profile_id
    from placed
    cross join unnest(placed.profiles) as found(profile_id)
    inner join {{ entity.table }} as profile
        on found.profile_id = profile.{{ entity.id }}
    group by placed.component

),

first_rows as (

    select
        component,
        arg_min(first_identifier, first_row_order) as first_identifier,
        min(first_row_order) as first_row_order
    from placed
    group by component

),

final as (

    select
        placed.identity_id,
        coalesce(owners.profile_count, 0) = 0 as is_new,
        first_rows.first_row_order,
        case
            when owners.profile_count > 1
                then coalesce(
                    {% for key in plan.keys %}placed.{{ name('profile ' ~ key.number) }}, {% endfor %}owners.oldest_profile_id
                )
            when owners.profile_count = 1 then owners.oldest_profile_id
{% if plan.goal.identify.create_profiles %}
            else {{ stable_uuid('first_rows.first_identifier') }}
{% endif %}
        end as profile_id
    from placed
    inner join first_rows
        on placed.component = first_rows.component
    left join owners
        on placed.component = owners.component

)

select * from final
