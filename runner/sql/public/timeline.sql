{#-
    Grain: one row per event of any type, with its properties and lists as JSON.
-#}
{% for type, declared in event_types.items() %}
{% set table = 'events_' ~ type %}
{% set details = namespace(values={}) %}
{% for property in declared.properties %}
{% set value = 'events.' ~ name(property) %}
{% set details.values = dict(details.values, **{property: value}) %}
{% endfor %}
{% for nested in declared.nested %}
{% set items = name('list_' ~ nested) ~ '.items' %}
{% set value = 'coalesce(' ~ items ~ ', ' ~ list_of([]) ~ ')' %}
{% set details.values = dict(details.values, **{nested: value}) %}
{% endfor %}
{% set own = {'event_id': 'events.event_id'} %}
{% set details.values = dict(details.values, **own) %}
select
    events.profile_id,
    {{ text(type) }} as type,
    events.occurred_at,
    events.event_id,
    {{ json_of(record(details.values)) }} as details
from main.{{ name(table) }} as events
{% for nested, items in declared.nested.items() %}
{% set list = name('list_' ~ nested) %}
{% set item = namespace(values={}) %}
{% for property in items.properties %}
{% set value = {property: name(property)} %}
{% set item.values = dict(item.values, **value) %}
{% endfor %}
{% set item.values = dict(item.values, position='position') %}
left join (
    select
        profile_id,
        event_id,
        {{ collected(record(item.values), 'position') }} as items
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
