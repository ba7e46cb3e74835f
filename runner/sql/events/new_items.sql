{#-
    Grain: one row per item of one nested list, for the events of the batch
    (E1). Items with an identifier replace the stored ones; without, they are
    the lines of the last main file with the event, each once (R3).
-#}
{#- With `is_late`, the rows have all items of the goal in their order (P8). -#}
{% set lines = [] %}
{% for source in nested.sources %}
{% set _ = lines.append(plan.line_of(source)) %}
{% endfor %}
with

events as (

    select
        event_id,
        profile_id,
        "batch.last_file" as file_id
    from {{ new_events }}

),

event_rows as (

    select * from {{ rows }}
    where
        event_id is not null
{% if nested.identifier %}
        and {{ nested.identifier.item.column }} is not null
{% else %}
        and (
{% for column in nested.presence %}
            {{ column.item.column }} is not null{{ ' or' if not loop.last }}
{% else %}
            true
{% endfor %}
        )
{% endif %}

),

{% if nested.identifier %}
{% set id = nested.identifier.item.column %}
stored as (

    select * from {{ nested.table }}

),

incoming as (

    select
        event_id,
        {{ id }},
{% for column in nested.columns if column.name != nested.identifier.name %}
        {{ last_or_null_by(column.item.column, 'row_order') }}
            as {{ column.item.column }},
{% endfor %}
        min(row_order) as first_order
    from event_rows
    group by event_id, {{ id }}

),

earlier as (

    select stored.*
    from stored
    semi join events
        on stored.event_id = events.event_id

),

earlier_counts as (

    select
        event_id,
        count(*) as item_count
    from earlier
    group by event_id

),

{% if is_late %}
incoming_counts as (

    select
        event_id,
        count(*) as item_count
    from incoming
    group by event_id

),

{% endif %}
numbered as (

    select
        incoming.*,
        {{ 'cast(null as bigint)' if is_late else 'earlier.position' }}
            as earlier_position,
        row_number() over (
            partition by
                incoming.event_id{{ ',' if not is_late }}
{% if not is_late %}
                earlier.position is null
{% endif %}
            order by incoming.first_order
        ) as new_number
    from incoming
    left join earlier
        on incoming.event_id = earlier.event_id
        and incoming.{{ id }} = earlier.{{ nested.identifier.column }}

),

replaced as (

    select
        numbered.event_id,
        coalesce(
            numbered.earlier_position,
{% if is_late %}
            numbered.new_number
{% else %}
            coalesce(earlier_counts.item_count, 0) + numbered.new_number
{% endif %}
        ) as position,
{% for column in nested.columns %}
        numbered.{{ column.item.column }}
            as {{ column.column }}{{ ',' if not loop.last }}
{% endfor %}
    from numbered
    left join earlier_counts
        on numbered.event_id = earlier_counts.event_id

),

kept as (

{% if is_late %}
{% set position = 'earlier.position + incoming_counts.item_count' %}
    select {{ all_columns('earlier', ['profile_id'], {'position': position}) }}
{% else %}
    select {{ all_columns('earlier', ['profile_id']) }}
{% endif %}
    from earlier
{% if is_late %}
    inner join incoming_counts
        on earlier.event_id = incoming_counts.event_id
{% endif %}
    anti join incoming
        on earlier.event_id = incoming.event_id
        and earlier.{{ nested.identifier.column }} = incoming.{{ id }}

),

items as (

    {{ rows_of_both('replaced', 'kept') }}

),

{% else %}
latest_rows as (

    select event_rows.*
    from event_rows
    inner join events
        on event_rows.event_id = events.event_id
        and event_rows.file_id = events.file_id

),

lines as (

    select
        event_id,
        min(row_order) as first_order,
        {{ lines | join(',\n        ') }},
{% for column in nested.columns %}
        {{ some_value(column.item.column) }}
            as {{ column.item.column }}{{ ',' if not loop.last }}
{% endfor %}
    from latest_rows
    group by
        event_id,
        {{ lines | join(',\n        ') }}

),

items as (

    select
        event_id,
        row_number() over (
            partition by event_id
            order by first_order
        ) as position,
{% for column in nested.columns %}
        {{ column.item.column }} as {{ column.column }}
        {{- ',' if not loop.last }}
{% endfor %}
    from lines

),

{% endif %}
final as (

    select
        items.*,
        events.profile_id
    from items
    inner join events
        on items.event_id = events.event_id

)

select * from final
