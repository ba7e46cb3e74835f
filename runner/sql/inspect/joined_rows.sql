{#-
    Grain: one row per joined row, with what each step made of it; `steps` is
    the model `rows` of the goal up to its last line. `is_traced` adds by what
    the ledger knows a row, and the items of lists.
-#}
{{ steps }},

{% for source in chained %}
{{ name('origins_of_' ~ source.name) }} as (

    select
        {{ row_id('lines') }} as row_id,
        {{ line_origin('lines') }} as origin
    from {{ lines[source.name] }} as lines

),

{% endfor %}
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
        {{ name('origins_of_' ~ source.name) }}.origin
            as {{ name('origin_of_' ~ source.name) }},
{% endfor %}
{% for column in joined %}
        parsed.{{ column }} as joined_{{ loop.index }},
{% endfor %}
{% for column in made %}
        cast(parsed.{{ column }} as string) as made_{{ loop.index }},
{% endfor %}
{% for key in plan.identity_keys %}
        parsed.{{ key.column }},
{% endfor %}
{% for item in items %}
        typeof(parsed.{{ item.text }}),
        cast(parsed.{{ item.text }} as string) as {{ item.text }},
        parsed.{{ item.column }},
{% if item.may_be_rejected %}
        {{ rejected_text('parsed.' ~ item.text, item) }}
            as {{ item.rejected }},
{% else %}
        cast(null as string) as {{ item.rejected }},
{% endif %}
{% endfor %}
{% if is_traced %}
{% for item in plan.assignments if item.declared.multi %}
        {{ parse_values('parsed.' ~ item.text, item) }}
            as {{ name('items_' ~ item.name) }},
{% endfor %}
{% for source in whole %}
        parsed.{{ plan.line_of(source) }},
{% endfor %}
{% if plan.tracks_lines %}
        parsed.key_hash,
{% endif %}
        parsed.row_hash,
{% endif %}
        parsed.row_order
    from parsed
    left join first_dropped
        on parsed.row_order = first_dropped.row_order
{% for source in chained %}
{% set origins = name('origins_of_' ~ source.name) %}
    left join {{ origins }}
        on parsed.{{ plan.row_of(source.name) }} = {{ origins }}.row_id
{% endfor %}

)

select * from previewed
order by row_order
