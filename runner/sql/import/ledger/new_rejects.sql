{#-
    Grain: one row per value that does not parse as its property's type (R6),
    with its file and line, however many rows that line was joined to.
-#}
{{ config(materialized='append', into='runner.rejects') }}
{% set damage = damage_reason('rejected.identifying') %}
{% set typed = [] %}
{% set late = [] %}
{% for item, place in plan.places if item.may_be_rejected %}
{% set _ = typed.append((item, place)) %}
{% set _ = late.append(item) if place == 'applied' %}
{% endfor %}
with

files as (

    select
        file_id,
        path
    from runner.files

),

{% if plan.consents %}
stated as {{ not_materialized() }} (

    select
        rows_read.*,
        links.outcome
    from {{ rows_with_links(relations.rows, relations.links) }}
    where
        links.outcome in ('created', 'updated', 'duplicate', 'no_consent')

),

{% endif %}
{% if typed | selectattr(1, 'equalto', 'kept') | list %}
kept as {{ not_materialized() }} (

    select *
    from {{ relations.rows }}
    where is_kept

),

{% endif %}
valued as {{ not_materialized() }} (

    {{ with_values(plan, relations.applied_rows, relations, late) }}

),

{% for event in plan.events %}
event_{{ event.number }} as {{ not_materialized() }} (

    select *
    from {{ event_rows[event.number] }}
    where is_applied

),

{% endfor %}

{% for source in chained %}
{{ name('lines_of_' ~ source.name) }} as {{ not_materialized() }} (

    select
        {{ row_id('lines') }} as row_id,
        {{ line_origin('lines') }} as origin
    from {{ relations['lines.' ~ source.name] }} as lines

),

{% endfor %}
applied as {{ not_materialized() }} (

    select *
    from valued
    where outcome != 'repeated'

),

rejected as (

{% for item, place in typed %}
{% set sources = item.value.sources | list %}
{% set source = sources[0] if sources | length == 1 else main.name %}
    select
{% if source == main.name %}
        rows_read.origin,
{% else %}
        lines.origin,
{% endif %}
        {{ text(item.described) }} as column_name,
        {{ text(item.property_name) }} as property,
        {{ reject_reason(item.declared.type) }} as reason,
{% if item.is_checked %}
        {{ identifier_text('rows_read.' ~ item.rejected) }}
{% else %}
        cast(null as string)
{% endif %}
            as identifying,
        rows_read.{{ item.rejected }} as value
    from {{ place }} as rows_read
{% if source != main.name %}
    left join {{ name('lines_of_' ~ source) }} as lines
        on rows_read.{{ plan.row_of(source) }} = lines.row_id
{% endif %}
    where rows_read.{{ item.rejected }} is not null
{{ '    union all' if not loop.last }}
{% else %}
    select
        cast(null as bigint) as origin,
        '' as column_name,
        '' as property,
        '' as reason,
        '' as identifying,
        '' as value
    where false
{% endfor %}

),

final as (

    select distinct
        {{ text(plan.name) }} as goal,
        {{ text(build_id) }} as build_id,
        files.path as file,
        {{ line_in('rejected.origin') }} as line,
        rejected.column_name,
        rejected.property,
        coalesce({{ damage }}, rejected.reason) as reason,
        rejected.value
    from rejected
    left join files
        on {{ file_of('rejected.origin') }} = files.file_id

)

select * from final
