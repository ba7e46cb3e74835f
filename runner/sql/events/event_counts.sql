{#- Grain: one row: the events of the batch, by what became of them. -#}
with

event_rows as (

    select
        event_id,
        origin
    from {{ rows }}

),

new_events as {{ not_materialized() }} (

    select event_id
    from {{ new_events }}

),

changed_events as (

    select
        event_id,
        is_created
    from {{ changed_events }}

),

{# A row without an id is an event of its own. #}
left_out as (

    select
        count(distinct event_rows.event_id)
        + count(distinct event_rows.origin)
            filter (where event_rows.event_id is null) as event_count
    from event_rows
    anti join new_events
        on event_rows.event_id = new_events.event_id

),

final as (

    select
        count(*) filter (where changed.is_created) as created,
        count(*) filter (where not changed.is_created) as updated,
        count(*) filter (where changed.event_id is null) as unchanged,
        (select event_count from left_out) as left_out
    from new_events
    left join changed_events as changed
        on new_events.event_id = changed.event_id

)

select * from final
