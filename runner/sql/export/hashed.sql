{#-
    Grain: one row per exported member, with its key (X5) and a hash of all
    that is sent (X4).
-#}
with

exported as (

    {{ select }}

),

{% for event in events %}
rows_of_events_{{ loop.index }} as (

    {{ event.select }}

),

{% endfor %}
{% for event in events %}
events_{{ loop.index }} as (

    select
        {{ name(event.key) }} as profile_id,
        {{ sorted_items(collected(text_hash(event.texts))) }} as hashes
    from rows_of_events_{{ loop.index }}
    group by {{ name(event.key) }}

),

{% endfor %}
final as (

    select
        exported.*,
        {{ partner_key(
            key_names | map('name') | list, 'exported.' ~ name(names.key)
        ) }}
            as {{ name(names.partner_key) }},
        {{ text_hash(columns) }}
{% for event in events %}
        || coalesce({{ list_hash('events_' ~ loop.index ~ '.hashes') }}, '')
{% endfor %}
            as {{ name(names.content_hash) }}
    from exported
{% for event in events %}
    left join events_{{ loop.index }}
        on exported.{{ name(names.key) }} = events_{{ loop.index }}.profile_id
{% endfor %}

)

select * from final
