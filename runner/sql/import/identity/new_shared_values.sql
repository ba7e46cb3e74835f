{#-
    Grain: one row per value of a guarded identifier in the batch that several customers share
    (P2 `max_matches`), with those that were not counted before. Customers are those that there
    are without guarded identifiers; a row that has no other is told by its other guarded
    values. The profile that has the value, or the first of those that are about to share one,
    is not in the list.
-#}
{% set open_keys = plan.keys | rejectattr('max_matches') | list %}
{% set guarded = plan.keys | selectattr('max_matches') | list %}
with

identities as (

    select
        *,
{% if open_keys %}
        coalesce({% for key in open_keys %}{{ name('profile ' ~ key.number) }}{{ ', ' if not loop.last }}{% endfor %}) as found_id,
        coalesce(
{% for key in open_keys %}
            {{ node(text(key.identifier), name('key ' ~ key.number)) }}{{ ',' if not loop.last }}
{% endfor %}
        ) as open_node
{% else %}
        cast(null as uuid) as found_id,
        cast(null as uuid) as open_node
{% endif %}
    from {{ relations.identities }}

),

held as (

{% for key in guarded %}
    select
        {{ text(key.identifier) }} as identifier,
        {{ key.max_matches }} as most,
        {{ name('key ' ~ key.number) }} as value,
        {{ name('profile ' ~ key.number) }} as owner_id,
        {{ node("''", 'cast(' ~ name('profile ' ~ key.number) ~ ' as varchar)') }} as owner_node,
        {{ node("''", 'cast(found_id as varchar)') }} as found_node,
        coalesce(
            open_node{% for other in guarded if other.number != key.number %},
            {{ node("''", 'cast(' ~ name('profile ' ~ other.number) ~ ' as varchar)') }},
            {{ node(text(other.identifier), name('key ' ~ other.number)) }}{% endfor %}

        ) as own_node
    from identities
    where {{ name('key ' ~ key.number) }} is not null
{{ '    union all' if not loop.last }}
{% endfor %}

),

placed as (

    select
        held.*,
        nullif(
            coalesce(own_components.component, held.own_node),
            coalesce(owner_components.component, held.owner_node)
        ) as place
    from held
    left join {{ relations.components }} as owner_components
        on held.owner_node = owner_components.node
    left join {{ relations.components }} as own_components
        on held.own_node = own_components.node

),

customers as (

    select
        identifier,
        value,
        any_value(most) as most,
        bool_or(owner_id is not null) as is_owned,
        case
            when place is not null then coalesce(min(found_node), min(own_node))
        end as customer
    from placed
    group by
        identifier,
        value,
        place

),

counted_before as (

    select
        identifier,
        value,
        list(customer) as known
    from runner.shared
    group by
        identifier,
        value

),

by_value as (

    select
        customers.identifier,
        customers.value,
        any_value(customers.most) as most,
        bool_or(customers.is_owned) as is_owned,
        any_value(counted_before.known) as known,
        list(customers.customer) filter (where customers.customer is not null) as found
    from customers
    left join counted_before
        on customers.value = counted_before.value
        and customers.identifier = counted_before.identifier
    group by
        customers.identifier,
        customers.value

),

fresh as (

    select
        identifier,
        value,
        most,
        is_owned,
        coalesce(len(known), 0) as known_count,
        list_sort(list_filter(
            coalesce(found, []),
            lambda customer: not coalesce(list_contains(known, customer), false)
        )) as customers
    from by_value

),

final as (

    select
        identifier,
        value,
        known_count + len(customers) + cast(is_owned as integer) > most as is_junk,
        case
            when
                is_owned
                or known_count > 0
                or len(customers) > most
                then customers
            else customers[2:]
        end as customers
    from fresh
    where known_count + len(customers) + cast(is_owned as integer) > 1

)

select * from final
