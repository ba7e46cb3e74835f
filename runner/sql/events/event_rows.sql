{#-
    Grain: one row per joined row with an event of one kind (E2), whatever the
    row's outcome. Of the lines of one `key` the last counts. An id made of the
    profile stays after that profile was merged (P2).
-#}
{% set owner = 'coalesce(rows_read.event_profile_id, links.profile_id)' %}
{% set at = 'rows_read.' ~ event.at.item.column %}
{% set parts = [owner, at] %}
{% for item in event.content %}
{% set _ = parts.append('rows_read.' ~ item.column) %}
{% endfor %}
{% if main.keeps_duplicates %}
{% set number = 'rows_read.' ~ plan.occurrence %}
{% set _ = parts.append('nullif(' ~ number ~ ', 1)') %}
{% endif %}
{% set made_id = content_id(parts, 'links.profile_id', at) %}
select
{% if event.id %}
    coalesce(
        nullif(rows_read.{{ event.id.item.column }}, ''),
        {{ made_id }}
    ) as event_id,
{% else %}
    {{ made_id }} as event_id,
{% endif %}
    links.profile_id,
    {{ at }} as occurred_at,
    rows_read.{{ event.at.item.rejected }} as rejected_at,
    {{ file_of('rows_read.origin') }} as file_id,
    rows_read.origin,
    rows_read.row_order,
    rows_read.known_profile_id is null as is_new,
{% if plan.tracks_lines %}
    rows_read.key_hash,
{% endif %}
{% if event.at_source != main.name %}
    rows_read.{{ plan.row_of(event.at_source) }} as at_row,
{% endif %}
{% for source in plan.item_lines %}
    rows_read.{{ plan.line_of(source) }},
{% endfor %}
{% for item in event.items if item.name != event.at.item.name %}
    rows_read.{{ item.column }}{{ ',' if not loop.last }}
{% endfor %}
from {{ side_by_side(relations.rows, relations.links) }}
where
    rows_read.rowid = links.row_id
    and rows_read.is_read
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
    and rows_read.main_row in (
        select last_rows.main_row
        from {{ relations.last_rows }} as last_rows
    )
{% endif %}
{% if event.held_by %}
    and (
{% for source in event.held_by %}
        {{ 'or ' if not loop.first -}}
        rows_read.{{ plan.row_of(source) }} is not null
{% endfor %}
    )
{% endif %}
