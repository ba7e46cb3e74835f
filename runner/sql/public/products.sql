{#-
    Grain: one row per product: of feeds, and of events whose goals keep
    products (E4). Each detail is the last with a value, by the time of the
    event and then by row; a feed's value goes before that of an order.
-#}
with

feed as (

    select * from runner.product_feed

),

sold as (

{% for store in stores %}
    select
        items.{{ name(store.identifier) }} as product_id,
        {{ text(store.type ~ ':') }} || items.event_id as event_key,
        events.occurred_at,
        cast(
            {{ milliseconds('events.occurred_at') }}
            as {{ stored_type('order') }}
        )
        * 75557863725914323419136
        + cast(origins.origin as {{ stored_type('order') }}) * 65536
        + items.position as item_order,
{% for column, type in columns.items() %}
{% if column in store.columns %}
        try_cast(items.{{ name(column) }} as {{ type }})
{% else %}
        cast(null as {{ type }})
{% endif %}
            as {{ name(column) }}{{ ',' if not loop.last }}
{% endfor %}
    from main.{{ name(store.table) }} as items
    inner join main.{{ name(store.event_table) }} as events
        on items.event_id = events.event_id
    inner join (
        select
            event_id,
            max(origin) as origin
        from runner.events
        where
            type = {{ text(store.type) }}
            and goal in ({{ store.goals | map('text') | join(', ') }})
        group by event_id
    ) as origins
        on items.event_id = origins.event_id
    where items.{{ name(store.identifier) }} is not null
    union all
{% endfor %}
    select
        cast(null as string) as product_id,
        cast(null as string) as event_key,
        cast(null as timestamp) as occurred_at,
        cast(null as {{ stored_type('order') }}) as item_order,
{% for column, type in columns.items() %}
        cast(null as {{ type }}) as {{ name(column) }}{{ ',' if not loop.last }}
{% endfor %}
    where false

),

ordered as (

    select
        product_id,
{% for column in columns %}
        {{ last_by(name(column), 'item_order') }} as {{ name(column) }},
{% endfor %}
        count(distinct event_key) as times_ordered,
        max(occurred_at) as last_ordered_at
    from sold
    group by product_id

),

fed as (

    select
        id as product_id,
{% for column in columns %}
        {{ last_by(name(column), 'origin') }}
            as {{ name(column) }}{{ ',' if not loop.last }}
{% endfor %}
    from feed
    group by id

),

final as (

    select
        coalesce(fed.product_id, ordered.product_id) as product_id,
{% for column in columns %}
        coalesce(fed.{{ name(column) }}, ordered.{{ name(column) }})
            as {{ name(column) }},
{% endfor %}
        coalesce(ordered.times_ordered, 0) as times_ordered,
        ordered.last_ordered_at
    from fed
    full join ordered
        on fed.product_id = ordered.product_id

)

select * from final
order by product_id
