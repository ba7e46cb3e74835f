{#- Grain: one row per event of the batch that is new or has changed (E2). -#}
with

current_events as (

    select * from {{ new_events }}

),

known_events as (

    select * from {{ event.table }}

),

{% for nested in event.lists %}
{{ name('new_' ~ nested.name) }} as (

    select * from {{ new_items[nested.name] }}

),

{{ name('stored_' ~ nested.name) }} as (

    select * from {{ nested.table }}

),

{% endfor %}
events as (

    select
        fresh.event_id,
        earlier.event_id is null as is_created,
        fresh.profile_id is distinct from earlier.profile_id
        or fresh.occurred_at is distinct from earlier.occurred_at
{% for column in event.columns %}
        or fresh.{{ column.column }}
        is distinct from earlier.{{ column.column }}
{% endfor %}
            as is_changed
    from current_events as fresh
    left join known_events as earlier
        on fresh.event_id = earlier.event_id

),

known as (

    select event_id
    from events
    where not is_created

),

{% for nested in event.lists %}
{{ name('fresh_' ~ nested.name) }} as (

    select items.*
    from {{ name('new_' ~ nested.name) }} as items
    semi join known
        on items.event_id = known.event_id

),

{{ name('earlier_' ~ nested.name) }} as (

    select items.*
    from {{ name('stored_' ~ nested.name) }} as items
    semi join events
        on items.event_id = events.event_id

),

{{ name('changed_' ~ nested.name) }} as (

    select coalesce(fresh.event_id, earlier.event_id) as event_id
    from {{ name('fresh_' ~ nested.name) }} as fresh
    full join {{ name('earlier_' ~ nested.name) }} as earlier
        on fresh.event_id = earlier.event_id
        and fresh.position = earlier.position
    where
        fresh.event_id is null
        or earlier.event_id is null
{% for column in nested.columns %}
        or fresh.{{ column.column }}
        is distinct from earlier.{{ column.column }}
{% endfor %}

),

{% endfor %}
changed as (

    select
        event_id,
        is_created
    from events
    where is_created or is_changed
{% for nested in event.lists %}
    union all
    select
        event_id,
        false as is_created
    from {{ name('changed_' ~ nested.name) }}
{% endfor %}

),

final as (

    select
        event_id,
        bool_or(is_created) as is_created
    from changed
    group by event_id

)

select * from final
