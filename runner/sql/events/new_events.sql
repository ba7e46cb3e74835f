{#-
    Grain: one row per event of the batch, as it is now (E1): of the last main
    file with it the last values; what the goal does not fill stays. `batch.`
    marks what is no property: none has a dot in its name.
-#}
{% set columns = event.columns | map(attribute='column') | list %}
{% set kept = ['event_id', 'profile_id', 'occurred_at'] %}
with

event_rows as (

    select * from {{ rows }}
    where event_id is not null

),

earlier as (

    select * from {{ event.table }}

),

latest as (

    select
        event_id,
        max(file_id) as file_id,
        max(origin) as origin,
        {{ last_by('profile_id', 'row_order') }} as profile_id,
        {{ last_by('occurred_at', 'row_order') }} as occurred_at
    from event_rows
    group by event_id

),

folded as (

    select
{% for column in event.columns if column.item.name != event.at.item.name %}
        {{ last_by(
            'event_rows.' ~ column.item.column, 'event_rows.row_order'
        ) }}
            as {{ column.item.column }},
{% endfor %}
        event_rows.event_id
    from event_rows
    inner join latest
        on event_rows.event_id = latest.event_id
        and event_rows.file_id = latest.file_id
    group by event_rows.event_id

),

final as (

    select
        latest.event_id,
        coalesce(latest.profile_id, earlier.profile_id) as profile_id,
        coalesce(latest.occurred_at, earlier.occurred_at) as occurred_at,
{% for column in event.columns %}
{% if column.item.name == event.at.item.name %}
        coalesce(latest.occurred_at, earlier.occurred_at)
            as {{ column.column }},
{% else %}
        folded.{{ column.item.column }} as {{ column.column }},
{% endif %}
{% endfor %}
        {{ all_columns('earlier', kept + columns) }},
        latest.file_id as "batch.last_file",
        latest.origin as "batch.last_origin"
    from latest
    inner join folded
        on latest.event_id = folded.event_id
    left join earlier
        on latest.event_id = earlier.event_id
    where
        coalesce(latest.profile_id, earlier.profile_id) is not null
        and coalesce(latest.occurred_at, earlier.occurred_at) is not null

)

select * from final
