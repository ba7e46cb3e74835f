{#-
    Grain: one row per joined row with an event of one kind (E2), whatever the
    row's outcome. Of the lines of one `key` the last counts. An id made of the
    profile stays after that profile was merged (P2).
-#}
{% set used = plan.sources_of(event.items) %}
{% set last = namespace(step='rows_linked') %}
{% set owner = 'coalesce(event_profile_id, profile_id)' %}
{% set at = event.at.item.column %}
{% set parts = [owner, at] %}
{% for item in event.content %}
{% set _ = parts.append(item.column) %}
{% endfor %}
{% if main.keeps_duplicates %}
{% set number = plan.occurrence %}
{% set _ = parts.append('nullif(' ~ number ~ ', 1)') %}
{% endif %}
{% set made_id = content_id(parts, 'profile_id', at) %}
with

{% if plan.line_key %}
last_rows as (

    select main_row
    from {{ relations.last_rows }}

),

{% endif %}
rows_linked as (

    select
        links.profile_id,
        links.outcome in ('created', 'updated', 'duplicate') as is_applied,
        rows_read.*
    from {{ rows_with_links(relations.rows, relations.links) }}
    where
        rows_read.is_read
{% if event.when %}
        and rows_read.{{ event.held }}
{% endif %}
{% if plan.objectives %}
        and links.outcome != 'no_consent'
{% endif %}
{% if suppressible %}
        and links.outcome is distinct from 'suppressed'
{% endif %}
{% if plan.line_key %}
        and rows_read.main_row in (select last_rows.main_row from last_rows)
{% endif %}
{% if event.held_by %}
        and (
{% for source in event.held_by %}
            {{ 'or ' if not loop.first -}}
            rows_read.{{ plan.row_of(source) }} is not null
{% endfor %}
        )
{% endif %}

),

{{ with_columns(plan, relations, used, last) if used -}}
{{ process_steps(plan, last, used) -}}
{{ read_values(plan, last, event.items) -}}
valued as (

    select
        profile_id,
        is_applied,
        origin,
        row_order,
        event_profile_id,
        known_profile_id is null as is_new,
{% if plan.tracks_lines %}
        key_hash,
{% endif %}
{% if main.keeps_duplicates %}
        {{ plan.occurrence }},
{% endif %}
{% for source in chained %}
        {{ plan.row_of(source.name) }},
{% endfor %}
{% for source in plan.item_lines %}
        {{ plan.line_of(source) }},
{% endfor %}
{{ value_columns(event.items) }}
    from parsed

),

final as (

    select
{% if event.id %}
        coalesce(
            nullif({{ event.id.item.column }}, ''),
            {{ made_id }}
        ) as event_id,
{% else %}
        {{ made_id }} as event_id,
{% endif %}
        {{ at }} as occurred_at,
        {{ event.at.item.rejected }} as rejected_at,
        {{ file_of('origin') }} as file_id,
{% if event.at_source != main.name %}
        {{ plan.row_of(event.at_source) }} as at_row,
{% endif %}
        *
    from valued

)

select * from final
