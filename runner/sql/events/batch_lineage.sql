{#-
    Grain: one row per event, or item of a nested list with an identifier, and
    key of a line of the batch that gives it. `nested` and `item` are empty for
    the event itself, which a line of nobody does not give.
-#}
{% for event in plan.events %}
select
    {{ text(event.type) }} as type,
    event_id,
    '' as nested,
    '' as item,
    key_hash
from {{ event_rows[event.number] }}
where
    event_id is not null
    and profile_id is not null
{% for nested in event.lists if nested.identifier %}
union
select
    {{ text(event.type) }} as type,
    event_id,
    {{ text(nested.name) }} as nested,
    cast({{ nested.identifier.item.column }} as string) as item,
    key_hash
from {{ event_rows[event.number] }}
where
    event_id is not null
    and {{ nested.identifier.item.column }} is not null
{% endfor %}
{{ 'union' if not loop.last else '' }}
{% endfor %}
