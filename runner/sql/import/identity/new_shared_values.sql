{#-
    Grain: one row per limited identifier value that several customers share
    (P2 `max_matches`): whether it is junk, shared by more than may, and the
    customers that `runner.shared` lacks.
-#}
{{ config(materialized='temporary', when=plan.is_guarded) }}
{#-
    Rows `ann, 1` and `bob, 1` of email and phone, where a phone may have two
    customers: one row for phone 1, not junk. Of the two one will own the phone;
    the other is listed. Where one may have it: junk, and both are listed.
-#}
{#-
    Customers differ by their unlimited identifiers (here the email); where a
    row has none, by its other identifiers.
-#}
{% set open_keys = plan.identity_keys | rejectattr('max_matches') | list %}
{% set limited = plan.identity_keys | selectattr('max_matches') | list %}
{% set found = 'coalesce(found, ' ~ list_of([]) ~ ')' %}
with

identities as (

    select
        *,
{% if open_keys %}
        coalesce(
            {{ open_keys | map(attribute='profile') | join(', ') }}
        ) as found_id,
        coalesce(
{% for key in open_keys %}
            {{ node(text(key.identifier), key.column) }}
            {{- ',' if not loop.last }}
{% endfor %}
        ) as open_node
{% else %}
        cast(null as {{ stored_type('id') }}) as found_id,
        cast(null as {{ stored_type('id') }}) as open_node
{% endif %}
    from {{ relations.identities }}

),

components as {{ not_materialized() }} (

    select
        node,
        component
    from {{ relations.components }}

),

shared_before as (

    select
        identifier,
        value,
        customer
    from runner.shared

),

holders as (

{% for key in limited %}
    select
        {{ text(key.identifier) }} as identifier,
        {{ key.max_matches }} as most,
        {{ key.column }} as value,
        {{ key.profile }} as owner_id,
        {{ profile_node(key.profile) }} as owner_node,
        {{ profile_node('found_id') }} as found_node,
        coalesce(
            open_node{{ ',' if limited | length > 1 }}
{% for other in limited if other.number != key.number %}
            {{ profile_node(other.profile) }},
            {{ node(text(other.identifier), other.column) }}
            {{- ',' if not loop.last }}
{% endfor %}
        ) as own_node
    from identities
    where {{ key.column }} is not null
{{ '    union all' if not loop.last }}
{% endfor %}

),

placed as (

    select
        holders.*,
        nullif(
            coalesce(own_components.component, holders.own_node),
            coalesce(owner_components.component, holders.owner_node)
        ) as place
    from holders
    left join components as owner_components
        on holders.owner_node = owner_components.node
    left join components as own_components
        on holders.own_node = own_components.node

),

customers as (

    select
        identifier,
        value,
        {{ some_value('most') }} as most,
        bool_or(owner_id is not null) as is_owned,
        case
            when place is not null
                then coalesce(min(found_node), min(own_node))
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
        {{ collected('customer') }} as known
    from shared_before
    group by
        identifier,
        value

),

by_value as (

    select
        customers.identifier,
        customers.value,
        {{ some_value('customers.most') }} as most,
        bool_or(customers.is_owned) as is_owned,
        {{ some_value('counted_before.known') }} as known,
        {{ collected(
            'customers.customer', where='customers.customer is not null'
        ) }} as found
    from customers
    left join counted_before
        on customers.value = counted_before.value
        and customers.identifier = counted_before.identifier
    group by
        customers.identifier,
        customers.value

),

added as (

    select
        identifier,
        value,
        most,
        is_owned,
        coalesce({{ item_count('known') }}, 0) as known_count,
        {{ sorted_items(items_not_in(found, 'known')) }} as customers
    from by_value

),

counted as (

    select
        *,
        known_count + {{ item_count('customers') }} + cast(is_owned as integer)
            as customer_count
    from added

),

final as (

    select
        identifier,
        value,
        customer_count > most as is_junk,
        case
            when
                is_owned
                or known_count > 0
                or {{ item_count('customers') }} > most
                then customers
            else {{ items_from('customers', 2) }}
        end as customers
    from counted
    where customer_count > 1

)

select * from final
