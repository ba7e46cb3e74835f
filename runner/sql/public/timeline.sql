{#-
    Grain: one row per event of any type, with its properties and lists as JSON.
-#}
{% for type, declared in event_types.items() %}
{% set table = 'events_' ~ type %}
select
    events.profile_id,
    {{ text(type) }} as type,
    events.occurred_at,
    events.event_id,
    to_json({
{% for property in declared.properties %}
        {{ text(property) }}: events.{{ name(property) }},
{% endfor %}
{% for nested in declared.nested %}
        {{ text(nested) }}: coalesce({{ name('list_' ~ nested) }}.items, []),
{% endfor %}
        'event_id': events.event_id
    }) as details
from main.{{ name(table) }} as events
{% for nested, items in declared.nested.items() %}
{% set list = name('list_' ~ nested) %}
left join (
    select
        profile_id,
        event_id,
        list({
{% for property in items.properties %}
            {{ text(property) }}: {{ name(property) }},
{% endfor %}
            'position': position
        } order by position) as items
    from main.{{ name(table ~ '_' ~ nested) }}
    group by
        profile_id,
        event_id
) as {{ list }}
    on events.profile_id = {{ list }}.profile_id
    and events.event_id = {{ list }}.event_id
{% endfor %}
{{ 'union all' if not loop.last }}
{% endfor %}
