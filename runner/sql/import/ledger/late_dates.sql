{#-
    Grain: one row per property whose years are written in two digits: its
    values after the time of their file (R12).
-#}
with

files as (

    select
        file_id,
        modified_at
    from runner.files

),

applied as not materialized (

    select *
    from {{ relations.applied_rows }}
    where outcome != 'repeated'

),

{% for source in chained %}
{{ name('lines_of_' ~ source.name) }} as not materialized (

    select
        lines.rowid as row_id,
        {{ line_origin('lines') }} as origin
    from {{ relations['lines.' ~ source.name] }} as lines

),

{% endfor %}
final as (

{% for item in plan.short_years %}
{% set sources = item.value.sources | list %}
{% set source = sources[0] if sources | length == 1 else main.name %}
{% set origin = 'applied.origin' if source == main.name else 'lines.origin' %}
    select
        {{ text(item.name) }} as property,
        count(*) as late_count
    from applied
{% if source != main.name %}
    inner join {{ name('lines_of_' ~ source) }} as lines
        on applied.{{ plan.row_of(source) }} = lines.row_id
{% endif %}
    inner join files
        on {{ file_of(origin) }} = files.file_id
    where applied.{{ item.column }} > files.modified_at
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
