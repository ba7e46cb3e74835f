{#- Grain: one row per event of the batch that is new, or has anything that it had not (E2). -#}
with

events as (

    select
        fresh.event_id,
        earlier.event_id is null as is_created,
        fresh.profile_id is distinct from earlier.profile_id
        or fresh.occurred_at is distinct from earlier.occurred_at
{% for column in event.columns %}
        or fresh.{{ column.column }} is distinct from earlier.{{ column.column }}
{% endfor %}
            as is_changed
    from {{ new_events }} as fresh
    left join {{ event.table }} as earlier
        on fresh.event_id = earlier.event_id

),

{% for nested in event.lists %}
{{ name('fresh ' ~ nested.name) }} as (

    select items.*
    from {{ new_items[nested.name] }} as items
    semi join (select event_id from events where not is_created) as known
        on items.event_id = known.event_id

),

{{ name('earlier ' ~ nested.name) }} as (

    select items.*
    from {{ nested.table }} as items
    semi join events
        on items.event_id = events.event_id

),

{{ name('changed ' ~ nested.name) }} as (

    select coalesce(fresh.event_id, earlier.event_id) as event_id
    from {{ name('fresh ' ~ nested.name) }} as fresh
    full join {{ name('earlier ' ~ nested.name) }} as earlier
        on fresh.event_id = earlier.event_id
        and fresh.position = earlier.position
    where
        fresh.event_id is null
        or earlier.event_id is null
{% for column in nested.columns %}
        or fresh.{{ column.column }} is distinct from earlier.{{ column.column }}
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
    from {{ name('changed ' ~ nested.name) }}
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
