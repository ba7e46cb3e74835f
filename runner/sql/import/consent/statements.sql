{#-
    Grain: one row per joined row and objective with a statement (C1), at the
    time of its file, or of the file before it if that is later. What cannot be
    read is a refusal.
-#}
{{ config(materialized='temporary', when=plan.consents) }}
with

sent as (

    select
        file_id,
        source,
        build_id,
        modified_at,
        min(modified_at) over (
            partition by
                source,
                sha256
        ) as first_sent_at
    from runner.files
    where goal = {{ text(plan.name) }}

),

linked as (

    select
        coalesce(
            links.profile_id, {{ possible_id(plan.identity_keys, 'rows_read') }}
        ) as profile_id,
        rows_read.origin,
        rows_read.row_order,
{% for source in chained %}
        rows_read.{{ plan.row_of(source.name) }},
{% endfor %}
{% for source in plan.consent_sources | sort %}
        rows_read.{{ plan.line_of(source) }},
{% endfor %}
{% for item in plan.consents %}
        rows_read.{{ item.column }},
        rows_read.{{ item.rejected }}{{ ',' if not loop.last }}
{% endfor %}
    from {{ rows_with_links(relations.rows, relations.linked) }}
    where
        links.outcome in (
            'created', 'updated', 'duplicate', 'unchanged', 'unmatched'
        )
        and (
            links.profile_id is not null
            or coalesce(
{% for key in plan.identity_keys %}
                rows_read.{{ key.column }}{{ ',' if not loop.last }}
{% endfor %}
            ) is not null
        )

),

{% for source in chained if source.name in plan.consent_sources %}
{{ name('lines_of_' ~ source.name) }} as {{ not_materialized() }} (

    select
        {{ row_id('lines') }} as row_id,
        {{ line_origin('lines') }} as origin
    from {{ relations['lines.' ~ source.name] }} as lines

),

{% endfor %}
{# What is sent again has the time at which it was first sent (F8). #}
files as (

    select
        file_id,
        case
            when first_sent_at < modified_at
                then first_sent_at
            else max(modified_at) over (
                partition by source
                order by file_id
            )
        end as stated_at
    from sent
    where build_id = {{ text(build_id) }}

),

stated as (

{% for item in plan.consents %}
{% set own = item.value.sources | sort or [main.name] %}
{% set joined = own | reject('equalto', main.name) | list %}
{% set is_of_main = main.name in own %}
    select
        linked.profile_id,
        {{ text(item.name.removeprefix('consent.')) }} as objective,
        coalesce(linked.{{ item.column }}, false) as consented,
{% set moments = [] %}
{% for source in joined %}
{% set _ = moments.append(name('files_of_' ~ source) ~ '.stated_at') %}
{% endfor %}
{% if is_of_main %}
{% set _ = moments.append('main_files.stated_at') %}
{% endif %}
{% if moments | length == 1 %}
        {{ moments | first }} as stated_at,
{% else %}
        greatest(
            {{ moments | join(',\n            ') }}
        ) as stated_at,
{% endif %}
{% if joined and not is_of_main and joined | length == 1 %}
        {{ name('lines_of_' ~ joined[0]) }}.origin,
{% else %}
        linked.origin,
{% endif %}
        cast(linked.row_order as {{ stored_type('order') }}) as row_order,
{% set hashes = [] %}
{% for source in own %}
{% set _ = hashes.append('linked.' ~ plan.line_of(source)) %}
{% endfor %}
{% if own | length == 1 %}
        {{ hashes[0] }} as line_hash
{% else %}
        {{ content_hash(hashes) }} as line_hash
{% endif %}
    from linked
{% if is_of_main %}
    left join files as main_files
        on {{ file_of('linked.origin') }} = main_files.file_id
{% endif %}
{% for source in joined %}
{% set lines = name('lines_of_' ~ source) %}
{% set files = name('files_of_' ~ source) %}
    left join {{ lines }}
        on linked.{{ plan.row_of(source) }} = {{ lines }}.row_id
    left join files as {{ files }}
        on {{ file_of(lines ~ '.origin') }} = {{ files }}.file_id
{% endfor %}
    where
        linked.{{ item.column }} is not null
        or linked.{{ item.rejected }} is not null
{{ '    union all' if not loop.last }}
{% endfor %}

),

final as (

    select * from stated

)

select * from final
