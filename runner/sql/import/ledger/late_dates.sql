{#-
    Grain: one row per property whose years are written in two digits: its
    values after the time of their file (R12).
-#}
{{ config(materialized='read', when=plan.short_years) }}
{% set late = [] %}
{% for item, place in plan.places if item in plan.short_years %}
{% set _ = late.append((item, place)) %}
{% endfor %}
with

files as (

    select
        file_id,
        modified_at
    from runner.files

),

{% if late | selectattr(1, 'equalto', 'kept') | list %}
kept as {{ not_materialized() }} (

    select *
    from {{ relations.rows }}
    where is_kept

),

{% endif %}
valued as {{ not_materialized() }} (

    {{ with_values(
        plan, relations.applied_rows, relations, late | map(attribute=0) | list
    ) }}

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

final as (

{% for item, place in late %}
{% set sources = item.value.sources | list %}
{% set source = sources[0] if sources | length == 1 else main.name %}
{% set origin = 'rows_read.origin' if source == main.name else 'lines.origin' %}
    select
        {{ text(item.property_name) }} as property,
        count(*) as late_count
    from {{ place }} as rows_read
{% if source != main.name %}
    inner join {{ name('lines_of_' ~ source) }} as lines
        on rows_read.{{ plan.row_of(source) }} = lines.row_id
{% endif %}
    inner join files
        on {{ file_of(origin) }} = files.file_id
    where rows_read.{{ item.column }} > files.modified_at
{{ '    union all' if not loop.last }}
{% else %}
    select
        '' as property,
        0 as late_count
    where false
{% endfor %}

)

select * from final
where late_count > 0
