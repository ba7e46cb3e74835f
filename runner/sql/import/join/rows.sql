{#-
    Grain: one row per joined row of the goal (R3 to R5). Linking then sets
    `key_...` to null where too many share a value or a decision separates it,
    and moves `known_profile_id` where profiles merge.
-#}
{#-
    A row imported before keeps only values of consent (C1), a filtered one
    nothing. What else lines hold is read when it is known whose they are (R8).
-#}
{% set is_applied = 'is_kept' %}
{% if plan.reads_known %}
{% set is_applied = 'is_kept and known_profile_id is null' %}
{% endif %}
{% set main_lines = name(main.name) %}
{% set hashes = row_hashes %}
{% if plan.locations %}
{% set hashes = hashes + [content_hash(plan.locations)] %}
{% endif %}
with

{% for source in sources %}
{{ name('lines_of_' ~ source.name) }} as (

    select
        {{ row_id('lines') }} as row_id,
{% if source.name == main.name %}
        {{ line_origin('lines') }} as origin,
{% endif %}
{% if '_line' in source.location %}
        cast({{ line_in(line_origin('lines')) }} as string)
            as {{ name(source.name ~ '._line') }},
{% endif %}
{% if source.keeps_duplicates %}
        {{ line_occurrence('lines') }} as {{ plan.occurrence }},
{% endif %}
        lines.*
    from {{ relations['lines.' ~ source.name] }} as lines

),

{% endfor %}
ledger as (

    select
        row_hash,
        profile_id,
        event_profile_id,
        origin
    from runner.rows
    where goal = {{ text(plan.name) }}

),

joined as (

    select
        {{ main_lines }}.row_id as main_row,
        {{ main_lines }}.origin,
{% for source in chained %}
        {{ name(source.name) }}.row_id as {{ plan.row_of(source.name) }},
{% set keys = [] %}
{% for key in source.keys %}
{% set _ = keys.append(join_key(key.other)) %}
{% endfor %}
        case
            when
                {{ name(source.name) }}.row_id is null
{% for key in keys %}
                and {{ key }} is not null
{% endfor %}
                then {{ content_hash(keys) }}
        end as {{ plan.missing_of(source.name) }},
{% endfor %}
{% if main.keeps_duplicates %}
        {{ main_lines }}.{{ plan.occurrence }},
{% endif %}
{% for source in sources %}
{% if source.keeps_duplicates %}
        {{ occurring_line(name(source.name), plan.occurrence) }}
            as {{ plan.line_of(source.name) }},
{% elif source.line_hash or source.name == main.name %}
        {{ name(source.name) }}.line_hash as {{ plan.line_of(source.name) }},
{% elif source.used %}
        coalesce(
            {{ name(source.name) }}.line_hash,
            {{ content_hash(['null'] * (source.hashed | length)) }}
        ) as {{ plan.line_of(source.name) }},
{% endif %}
{% endfor %}
{% for source in sources %}
{% for column in source.used + source.location %}
        {{ name(source.name) }}.{{ name(source.name ~ '.' ~ column) }},
{% endfor %}
{% endfor %}
        {{ row_order(main_lines ~ '.row_id', chained_rows) }} as row_order
    from {{ name('lines_of_' ~ main.name) }} as {{ main_lines }}
{% for source in chained %}
    left join {{ name('lines_of_' ~ source.name) }} as {{ name(source.name) }}
{% for key in source.keys %}
        {{ 'on' if loop.first else 'and' }} {{ join_key(key.other) }}
            = {{ join_key(key.own) }}
{% endfor %}
{% endfor %}

),

hashed as (

    select
        *,
{% if plan.line_key and plan.tracks_lines %}
        case
            when coalesce({{ plan.line_key | join(', ') }}) is not null
                then {{ content_hash(plan.line_key) }}
            else {{ plan.line_of(main.name) }}
        end as key_hash,
{% elif plan.tracks_lines %}
        {{ plan.line_of(main.name) }} as key_hash,
{% endif %}
        {{ combined_hash(hashes) }} as row_hash
    from joined

),

known as (

    select
        hashed.*,
        ledger.profile_id as known_profile_id,
        ledger.origin as known_origin,
{% if plan.reads_known %}
        ledger.event_profile_id,
        true as is_kept
{% else %}
        ledger.row_hash is null as is_kept
{% endif %}
    from hashed
    left join ledger
        on hashed.row_hash = ledger.row_hash

),

{% set last = namespace(step='known') %}
{% for source in chained if source.required %}
required_{{ source.name }} as (

{% set found = 'is_kept and ' ~ plan.row_of(source.name) ~ ' is not null' %}
    select {{ all_columns(last.step, replaced={'is_kept': found}) }}
    from {{ last.step }}

),

{% set last.step = 'required_' ~ source.name %}
{% endfor %}
{{ process_steps(plan, last) -}}
{% if plan.events | selectattr('when') | list %}
held as (

    select
        *,
{% for event in plan.events if event.when %}
        is_kept and coalesce((
            {{ written(event.when) }}
        ), false) as {{ event.held }}{{ ',' if not loop.last }}
{% endfor %}
    from {{ last.step }}

),

{% set last.step = 'held' %}
{% endif %}
{% set keys = plan.identity_keys %}
{{ read_values(plan, last, items, keys, is_applied, 'is_kept') -}}
final as (

    select
        main_row,
        origin,
        row_order,
        row_hash,
        known_profile_id,
        known_origin,
{% if plan.reads_known %}
        {{ is_applied }} as is_kept,
        is_kept as is_read,
        event_profile_id,
{% for event in plan.events if event.when %}
        {{ event.held }},
{% endfor %}
{% for source in plan.kept_lines %}
        {{ plan.line_of(source) }},
{% endfor %}
{% else %}
        is_kept,
{% endif %}
{% if plan.tracks_lines %}
        key_hash,
{% endif %}
{% if main.keeps_duplicates %}
        {{ plan.occurrence }},
{% endif %}
{% for source in chained %}
        {{ plan.row_of(source.name) }},
        {{ plan.missing_of(source.name) }},
{% endfor %}
{% for sources in plan.lines %}
{% if plan.has_located_key and main.name in sources %}
        {{ combined_hash(line_hashes[loop.index0] + ['key_hash']) }}
            as {{ plan.line(loop.index) }},
{% else %}
        {{ combined_hash(line_hashes[loop.index0]) }}
            as {{ plan.line(loop.index) }},
{% endif %}
{% endfor %}
{% for key, part in plan.ignored_parts %}
        {{ ignored_value(key_part(key, part), part.declared) }}
            as {{ key.ignored_of(part) }},
{% endfor %}
{% for key in plan.identity_keys %}
        {{ key.column }}{{ ',' if not loop.last or items }}
{% endfor %}
{{ value_columns(items) }}
    from parsed

)

select * from final
