{#-
    Grain: one row per joined row of the goal (R3, R4, R5).
    A row that was imported before, or is filtered, keeps its place and loses its values; those
    of events are read all the same, since an event is made of all its rows (E2), and consent,
    since what is said again counts from then (C1).
{% if again %}
    Here: the rows that were imported before and are applied again, with their values.
{% endif %}
-#}
{% set read_values = () if again else plan.read_values %}
{% set is_applied = 'is_kept and known_profile_id is null' if read_values else 'is_kept' %}
with

joined as (

    select
        {{ name(main.name) }}.rowid as main_row,
        coalesce({{ name(main.name) }}.clean_origin, {{ name(main.name) }}.rowid + {{ name(main.name) }}.shift) as origin,
{% for source in chained %}
        {{ name(source.name) }}.rowid as {{ name(source.name ~ ' row') }},
        {{ name(source.name) }}.rowid is null
{% for column, other in source.joins %}
            and {{ name(other[0]) }}.{{ name(other | join('.')) }} is not null{{ '' if not loop.last else ' as ' ~ name(source.name ~ ' missing') ~ ',' }}
{% endfor %}
{% endfor %}
{% for source in sources %}
{% if source.line_hash or source.name == main.name %}
        {{ name(source.name) }}.line_hash as {{ name('line ' ~ source.name) }},
{% elif source.used %}
        coalesce({{ name(source.name) }}.line_hash, {{ content_hash(['null'] * (source.hashed | length)) }}) as {{ name('line ' ~ source.name) }},
{% endif %}
{% endfor %}
{% for source in sources %}
{% for column in source.used %}
        {{ name(source.name) }}.{{ name(source.name ~ '.' ~ column) }},
{% endfor %}
{% endfor %}
        {{ row_order(name(main.name) ~ '.rowid', chained_rows) }} as row_order
    from {{ relations['lines.' ~ main.name] }} as {{ name(main.name) }}
{% if again %}
    semi join {{ relations.repeated_rows }} as repeated
        on {{ name(main.name) }}.rowid = repeated.main_row
{% endif %}
{% for source in chained %}
    left join {{ relations['lines.' ~ source.name] }} as {{ name(source.name) }}
{% for column, other in source.joins %}
        {{ 'on' if loop.first else 'and' }} {{ name(other[0]) }}.{{ name(other | join('.')) }} = {{ name(source.name) }}.{{ name(source.name ~ '.' ~ column) }}
{% endfor %}
{% endfor %}

),

hashed as (

    select
        *,
{% if plan.key %}
        case
            when coalesce({{ plan.key | join(', ') }}) is not null
                then {{ content_hash(plan.key) }}
            else {{ name('line ' ~ main.name) }}
        end as key_hash,
{% endif %}
{% if plan.hashed | length == 1 %}
        {{ name('line ' ~ plan.hashed[0]) }} as row_hash
{% else %}
        {{ content_hash(hash_texts) }} as row_hash
{% endif %}
    from joined

),

known as (

    select
        hashed.*,
        ledger.profile_id as known_profile_id,
        ledger.origin as known_origin,
{% if read_values %}
        ledger.event_profile_id,
{% endif %}
        {{ 'true' if again or read_values else 'ledger.row_hash is null' }} as is_kept
    from hashed
    left join runner.rows as ledger
        on hashed.row_hash = ledger.row_hash
        and ledger.goal = {{ text(plan.name) }}

),

{% set previous = namespace(step='known') %}
{% for source in chained if source.required %}
required_{{ source.name }} as (

    select * replace (is_kept and {{ name(source.name ~ ' row') }} is not null as is_kept)
    from {{ previous.step }}

),

{% set previous.step = 'required_' ~ source.name %}
{% endfor %}
{% for step in plan.steps %}
{% if step.call %}
called_{{ loop.index }} as (

    select
        *,
        case when is_kept then
            {{ step.call.name }}(
{% for _, value in step.call.given %}
                cast(
                    {{ written(value) }}
                as varchar){{ ',' if not loop.last }}
{% endfor %}
            )
        end as {{ step.call.name }}
    from {{ previous.step }}

),

{% set previous.step = 'called_' ~ loop.index %}
{% endif %}
step_{{ loop.index }} as (

{% if step.sets %}
{% set replaced = step.sets | selectattr(2) | list %}
    select
        *{{ ' replace (' if replaced else ',' }}
{% for column, value, is_replaced in replaced %}
            case when is_kept then
                {{ written(value) }}
            end as {{ column }}{{ ',' if not loop.last }}
{% endfor %}
{% if replaced %}
        ){{ ',' if replaced | length < step.sets | length }}
{% endif %}
{% for column, value, is_replaced in step.sets if not is_replaced %}
        case when is_kept then
            {{ written(value) }}
        end as {{ column }}{{ ',' if not loop.last }}
{% endfor %}
    from {{ previous.step }}
{% else %}
    select * replace (
        is_kept and case when is_kept then coalesce(
            {{ 'not' if step.drop }} (
                {{ written(step.drop or step.keep) }}
            ), {{ 'true' if step.drop else 'false' }}
        ) end as is_kept
    )
    from {{ previous.step }}
{% endif %}

),

{% set previous.step = 'step_' ~ loop.index %}
{% endfor %}
texts as (

    select
        *,
{% for key in plan.keys %}
{% for part in key.parts %}
        case when {{ is_applied }} then
            {{ written(part.value) }}
        end as {{ name('text ' ~ key.number ~ ' ' ~ part.name) }},
{% endfor %}
{% endfor %}
{% for item in plan.assignments %}
        case when {{ is_applied }} then
            {{ written(item.value) }}
        end as {{ name('text ' ~ item.name) }}{{ ',' if not loop.last or read_values }}
{% endfor %}
{% for item in read_values %}
        case when is_kept then
            {{ written(item.value) }}
        end as {{ name('text ' ~ item.name) }}{{ ',' if not loop.last }}
{% endfor %}
    from {{ previous.step }}

),

parsed as (

    select
        *,
{% for key in plan.keys %}
        {{ key_value(key) }} as {{ name('key ' ~ key.number) }},
{% endfor %}
{% for item in plan.assignments + read_values %}
        {{ parse_property(name('text ' ~ item.name), item) }} as {{ item.column }}{{ ',' if not loop.last }}
{% endfor %}
    from texts

),

final as (

    select
        main_row,
        origin,
        row_order,
        row_hash,
        known_profile_id,
        known_origin,
        {{ is_applied ~ ' as ' if read_values }}is_kept,
{% if plan.key %}
        key_hash,
{% endif %}
{% if read_values %}
        is_kept as is_read,
        event_profile_id,
{% for source in plan.item_lines %}
        {{ name('line ' ~ source) }},
{% endfor %}
{% endif %}
{% for source in chained %}
        {{ name(source.name ~ ' row') }},
        {{ name(source.name ~ ' missing') }},
{% endfor %}
{% for sources in plan.lines %}
{% if sources | length == 1 %}
        {{ name('line ' ~ sources[0]) }} as {{ name('line ' ~ loop.index) }},
{% else %}
        {{ content_hash(line_texts[loop.index0]) }} as {{ name('line ' ~ loop.index) }},
{% endif %}
{% if plan.is_keyed(sources) %}
        key_hash as {{ name('anchor ' ~ loop.index) }},
{% elif sources | length > 1 %}
        {{ name('line ' ~ plan.anchors[loop.index0]) }} as {{ name('anchor ' ~ loop.index) }},
{% endif %}
{% endfor %}
{% for key in plan.keys %}
        {{ name('key ' ~ key.number) }},
{% endfor %}
{% for item in plan.assignments + read_values %}
{% if item.declared.type != 'text' %}
        {{ rejected_text(name('text ' ~ item.name), item) }} as {{ item.rejected }},
{% endif %}
        {{ item.column }}{{ ',' if not loop.last }}
{% endfor %}
    from parsed

)

select * from final
