{#-
    Grain: one row per line whose event is left out, since no row of it has a profile, or none
    has a time. A time that does not parse is listed among the values (R6), not here.
-#}
with

files as (

    select
        file_id,
        path
    from runner.files

),

left_out as (

    select
        case
            when event_rows.profile_id is null then 'no_profile'
            else 'no_time'
        end as reason,
        event_rows.*
    from {{ rows }} as event_rows
    anti join {{ new_events }} as fresh
        on event_rows.event_id = fresh.event_id
    where
        event_rows.is_new
        and (event_rows.profile_id is null or event_rows.rejected_at is null)

),

placed as (

    select
        left_out.reason,
{% if event.at_source == main.name %}
        left_out.origin
    from left_out
{% else %}
        case
            when left_out.reason = 'no_time' then coalesce(lines.clean_origin, lines.rowid + lines.shift)
            else left_out.origin
        end as origin
    from left_out
    left join {{ relations['lines.' ~ event.at_source] }} as lines
        on left_out.at_row = lines.rowid
{% endif %}

),

final as (

    select distinct
        {{ text(plan.name) }} as goal,
        {{ text(build_id) }} as build_id,
        files.path as file,
        placed.origin % 4294967296 as line,
        case when placed.reason = 'no_time' then {{ text(event.at.item.origin) }} end as column_name,
        case
            when placed.reason = 'no_time' then {{ text(event.at.item.name) }}
            else {{ text(event.type) }}
        end as property,
        placed.reason,
        cast(null as varchar) as value
    from placed
    left join files
        on placed.origin // 4294967296 = files.file_id

)

select * from final
