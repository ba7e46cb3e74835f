{#-
    CTEs that join the lines of sources to rows, hash them (R5), and find those
    imported before; `known` is the last.
-#}
{% macro joined_rows(
    plan, relations, chained_rows, row_hashes, line_hashes, is_first
) %}
{% set main = plan.main %}
{% set main_lines = name(main.name) %}
{% set hashes = row_hashes %}
{% if plan.locations %}
{% set hashes = hashes + [content_hash(plan.locations)] %}
{% endif %}
{% for source in plan.sources %}
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
{% if not is_first %}
ledger as (

    select
        row_hash,
        profile_id,
        event_profile_id,
        origin
    from runner.rows
    where goal = {{ text(plan.name) }}

),

{% endif %}
joined as (

    select
        {{ main_lines }}.row_id as main_row,
        {{ main_lines }}.origin,
{% for source in plan.chained %}
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
{% for source in plan.sources %}
{% if source.keeps_duplicates %}
        {{ occurring_line(name(source.name), plan.occurrence) }}
            as {{ plan.line_of(source.name) }},
{% elif source.line_hash or source.name == main.name %}
        {{ name(source.name) }}.line_hash as {{ plan.line_of(source.name) }},
{% elif source.is_counted %}
        coalesce(
            {{ name(source.name) }}.line_hash,
            {{ content_hash(['null'] * (source.hashed | length)) }}
        ) as {{ plan.line_of(source.name) }},
{% endif %}
{% endfor %}
{% for source in plan.sources %}
{% for column in source.used + source.location %}
        {{ name(source.name) }}.{{ name(source.name ~ '.' ~ column) }},
{% endfor %}
{% endfor %}
        {{ row_order(main_lines ~ '.row_id', chained_rows) }} as row_order
    from {{ name('lines_of_' ~ main.name) }} as {{ main_lines }}
{% for source in plan.chained %}
    left join {{ name('lines_of_' ~ source.name) }} as {{ name(source.name) }}
{% for key in source.keys %}
        {{ 'on' if loop.first else 'and' }} {{ join_key(key.other) }}
            = {{ join_key(key.own) }}
{% endfor %}
{% endfor %}

),

{% set located = namespace(step='joined') %}
{% if plan.tracks_lines %}
keyed as (

    select
        *,
{% if plan.line_key %}
        case
            when coalesce({{ plan.line_key | join(', ') }}) is not null
                then {{ content_hash(plan.line_key) }}
            else {{ plan.line_of(main.name) }}
        end as key_hash
{% else %}
        {{ plan.line_of(main.name) }} as key_hash
{% endif %}
    from joined

),

{% set located.step = 'keyed' %}
{% endif %}
hashed as (

    select
        *,
{% for sources in plan.lines %}
{% if plan.has_located_key and main.name in sources %}
        {{ combined_hash(line_hashes[loop.index0] + ['key_hash']) }}
            as {{ plan.line(loop.index) }},
{% else %}
        {{ combined_hash(line_hashes[loop.index0]) }}
            as {{ plan.line(loop.index) }},
{% endif %}
{% endfor %}
        {{ combined_hash(hashes) }} as row_hash
    from {{ located.step }}

),

known as (

    select
        hashed.*,
{% if is_first %}
        cast(null as {{ stored_type('id') }}) as known_profile_id,
        cast(null as bigint) as known_origin,
{% if plan.reads_known %}
        cast(null as {{ stored_type('id') }}) as event_profile_id,
{% endif %}
        true as is_kept
    from hashed
{% else %}
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
{% endif %}

),

{% endmacro %}
