{#-
    Grain: one row per line whose event is left out, as none of its rows has a
    profile, or none has a time. A time that does not parse is listed among the
    rejected values instead (R6).
-#}
{% set is_of_main = event.at_source == main.name %}
with

event_rows as (

    select * from {{ rows }}
    where
        is_new
        and (profile_id is null or rejected_at is null)

),

new_events as (

    select event_id
    from {{ new_events }}

),

{% if not is_of_main %}
lines as (

    select
        {{ row_id('lines') }} as row_id,
        {{ line_origin('lines') }} as origin
    from {{ relations['lines.' ~ event.at_source] }} as lines

),

{% endif %}
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
    from event_rows
    anti join new_events
        on event_rows.event_id = new_events.event_id

),

located as (

    select
        left_out.reason,
{% if is_of_main %}
        left_out.origin
    from left_out
{% else %}
        case
            when left_out.reason = 'no_time' then lines.origin
            else left_out.origin
        end as origin
    from left_out
    left join lines
        on left_out.at_row = lines.row_id
{% endif %}

),

final as (

    select distinct
        {{ text(plan.name) }} as goal,
        {{ text(build_id) }} as build_id,
        files.path as file,
        {{ line_in('located.origin') }} as line,
        case
            when located.reason = 'no_time'
                then {{ text(event.at.item.described) }}
        end as column_name,
        case
            when located.reason = 'no_time' then {{ text(event.at.item.name) }}
            else {{ text(event.type) }}
        end as property,
        located.reason,
        cast(null as string) as value
    from located
    left join files
        on {{ file_of('located.origin') }} = files.file_id

)

select * from final
