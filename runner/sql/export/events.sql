{#- Grain: one row per event, or nested item, of exported profiles, as text. -#}
{% set timed = 'parents' if parent else 'events' %}
{% set occurred_at = timed ~ '.occurred_at' %}
with

members as (

    select distinct {{ name(names.key) }} as profile_id
    from {{ relation }}
{% if lists_removed %}
    where {{ name(names.change) }} != 'removed'
{% endif %}

),

events as (

    select * from main.{{ name(table) }}

),

{% if parent %}
parents as (

    select
        event_id,
        occurred_at
    from main.{{ name(parent) }}

),

{% endif %}
final as (

    select
        events.profile_id as {{ name(key) }},
        {{ occurred_at }} as {{ name(at) }},
        events.event_id as {{ name(id) }},
        {{ 'events.position' if parent else '1' }} as {{ name(position) }},
{% for column in columns %}
        {{ placed(
            export_column(column, dialect, is_harmless, 'members'),
            column.location
        ) }}
            as {{ name(column.name) }}{{ ',' if not loop.last }}
{% endfor %}
    from events
    inner join members
        on events.profile_id = members.profile_id
{% if parent %}
    inner join parents
        on events.event_id = parents.event_id
{% endif %}
{% if since or until %}
    where
        true
{% if since %}
        and {{ occurred_at }} >= timestamp {{ text(since) }}
{% endif %}
{% if until %}
        and {{ occurred_at }} < timestamp {{ text(until) }}
{% endif %}
{% endif %}

)

select * from final
