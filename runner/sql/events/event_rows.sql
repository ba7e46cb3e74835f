{#-
    Grain: one row per joined row that tells of an event of one kind (E2); those that were
    imported before are among them, and those without a profile or a time. Of the lines of one
    `key`, the last tells. An id that is made of the profile stays what it was where that became
    part of another since (P2).
-#}
{% set made = ['cast(coalesce(rows_read.event_profile_id, links.profile_id) as varchar)', 'cast(' ~ event.at.item.column ~ ' as varchar)'] %}
{% for item in event.content %}
{% set _ = made.append('cast(' ~ item.column ~ ' as varchar)') %}
{% endfor %}
select
    {% if event.id %}coalesce(
        nullif({{ event.id.item.column }}, ''),
{% endif %}
        case
            when links.profile_id is not null and {{ event.at.item.column }} is not null
                then md5(to_json([
                    {{ made | join(',\n                    ') }}
                ]))
        end
    {{ ')' if event.id }} as event_id,
    links.profile_id,
    {{ event.at.item.column }} as occurred_at,
    {{ event.at.item.rejected }} as rejected_at,
    rows_read.origin // 4294967296 as file_id,
    rows_read.origin,
    rows_read.row_order,
    rows_read.known_profile_id is null as is_new,
{% if plan.key %}
    rows_read.key_hash,
{% endif %}
{% if event.at_source != main.name %}
    rows_read.{{ name(event.at_source ~ ' row') }} as at_row,
{% endif %}
{% for source in plan.item_lines %}
    rows_read.{{ name('line ' ~ source) }},
{% endfor %}
{% for item in event.items if item.name != event.at.item.name %}
    rows_read.{{ item.column }}{{ ',' if not loop.last }}
{% endfor %}
from {{ side_by_side(relations.rows, relations.links) }}
where
    rows_read.rowid = links.row_id
    and rows_read.is_read
{% if plan.objectives %}
    and links.outcome != 'no_consent'
{% endif %}
{% if plan.key %}
    and rows_read.main_row in (select main_row from {{ relations.last_rows }})
{% endif %}
{% if event.held_by %}
    and ({% for source in event.held_by %}rows_read.{{ name(source ~ ' row') }} is not null{{ ' or ' if not loop.last }}{% endfor %})
{% endif %}
