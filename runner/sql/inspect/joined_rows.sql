{#-
    Grain: one row per joined row, with what each step made of it; `steps` is the
    model `rows` of the goal up to its last line.
-#}
{{ steps }},

dropped as (

{% for step in filters %}
    select
        row_order,
        {{ step.number }} as filter_number
    from {{ step.cte }}
    where not is_kept
{{ '    union all' if not loop.last }}
{% else %}
    select
        null as row_order,
        null as filter_number
    where false
{% endfor %}

),

first_dropped as (

    select
        row_order,
        min(filter_number) as filter_number
    from dropped
    group by row_order

),

previewed as (

    select
        parsed.origin,
        first_dropped.filter_number,
{% for source in chained %}
        coalesce(
            {{ name('lines ' ~ source.name) }}.clean_origin,
            {{ name('lines ' ~ source.name) }}.rowid
            + {{ name('lines ' ~ source.name) }}.shift
        ) as {{ name('origin ' ~ source.name) }},
{% endfor %}
{% for column in joined %}
        parsed.{{ column }} as {{ name('joined ' ~ loop.index) }},
{% endfor %}
{% for column in made %}
        cast(parsed.{{ column }} as varchar) as {{ name('made ' ~ loop.index) }},
{% endfor %}
{% for key in plan.keys %}
        parsed.{{ name('key ' ~ key.number) }},
{% endfor %}
{% for item in plan.values %}
        typeof(parsed.{{ name('text ' ~ item.name) }}),
        cast(parsed.{{ name('text ' ~ item.name) }} as varchar)
            as {{ name('text ' ~ item.name) }},
        parsed.{{ item.column }},
{% if item.declared.type == 'text' %}
        cast(null as varchar) as {{ item.rejected }},
{% else %}
        {{ rejected_text('parsed.' ~ name('text ' ~ item.name), item) }}
            as {{ item.rejected }},
{% endif %}
{% endfor %}
        parsed.row_order
    from parsed
    left join first_dropped
        on parsed.row_order = first_dropped.row_order
{% for source in chained %}
    left join {{ lines[source.name] }} as {{ name('lines ' ~ source.name) }}
        on parsed.{{ name(source.name ~ ' row') }}
            = {{ name('lines ' ~ source.name) }}.rowid
{% endfor %}

)

select * from previewed
order by row_order
