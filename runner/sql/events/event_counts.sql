{#- Grain: one row: the events of the batch, by what became of them. -#}
select
    count(*) filter (where changed.is_created) as created,
    count(*) filter (where not changed.is_created) as updated,
    count(*) filter (where changed.event_id is null) as unchanged,
    -- A row without an id is an event of its own.
    (
        select
            count(distinct event_rows.event_id)
            + count(distinct event_rows.origin) filter (where event_rows.event_id is null)
        from {{ rows }} as event_rows
        anti join {{ new_events }} as known
            on event_rows.event_id = known.event_id
    ) as left_out
from {{ new_events }} as fresh
left join {{ changed_events }} as changed
    on fresh.event_id = changed.event_id
