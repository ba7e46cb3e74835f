{#- Grain: one row per exported member, with a hash of all that is sent of it (X4). -#}
with

exported as (

    {{ select }}

),

{% for event in events %}
{{ name('events ' ~ loop.index) }} as (

    select
        {{ name(event.key) }} as profile_id,
        list_sort(list({{ text_hash(event.texts) }})) as hashes
    from (
        {{ event.select }}
    )
    group by all

),

{% endfor %}
final as (

    select
        exported.*,
        {{ text_hash(columns) }}
{% for event in events %}
        || coalesce(md5(cast(to_json({{ name('events ' ~ loop.index) }}.hashes) as varchar)), '')
{% endfor %}
            as {{ name(names.content_hash) }}
    from exported
{% for event in events %}
    left join {{ name('events ' ~ loop.index) }}
        on exported.{{ name(names.key) }} = {{ name('events ' ~ loop.index) }}.profile_id
{% endfor %}

)

select * from final
