{#-
    Grain: one row per value that does not parse as its property's type (R6), in the file and
    line that it stands in, however many rows that line was joined to.
-#}
with

files as (

    select
        file_id,
        path
    from runner.files

),

rejected as (

{% for item in plan.values if item.declared.type != 'text' %}
{% set source = item.value.sources | first if item.value.sources | length == 1 else main.name %}
    select
{% if source == main.name %}
        applied.origin,
{% else %}
        coalesce(lines.clean_origin, lines.rowid + lines.shift) as origin,
{% endif %}
        {{ text(item.origin) }} as column_name,
        {{ text(item.name) }} as property,
        {{ text('not ' ~ ('an ' if item.declared.type[0] in 'aeiou' else 'a ') ~ item.declared.type.replace('_', ' ')) }} as reason,
        applied.{{ item.rejected }} as value
{% if item in plan.consents %}
    from (
        select
            rows_read.*,
            links.outcome
        from {{ side_by_side(relations.rows, relations.links) }}
        where
            rows_read.rowid = links.row_id
            and links.outcome in ('created', 'updated', 'duplicate', 'no_consent')
    ) as applied
{% else %}
    from {{ relations.applied_rows }} as applied
{% endif %}
{% if source != main.name %}
    left join {{ relations['lines.' ~ source] }} as lines
        on applied.{{ name(source ~ ' row') }} = lines.rowid
{% endif %}
    where
        applied.{{ item.rejected }} is not null
        and applied.outcome != 'repeated'
{{ '    union all' if not loop.last }}
{% else %}
    select
        cast(null as bigint) as origin,
        '' as column_name,
        '' as property,
        '' as reason,
        '' as value
    where false
{% endfor %}

),

final as (

    select distinct
        {{ text(plan.name) }} as goal,
        {{ text(build_id) }} as build_id,
        files.path as file,
        rejected.origin % 4294967296 as line,
        rejected.column_name,
        rejected.property,
        rejected.reason,
        rejected.value
    from rejected
    left join files
        on rejected.origin // 4294967296 = files.file_id

)

select * from final
