{#-
    Grain: one row per amount that is left out of a sum that has no room for it
    (R11), with the file and line that it comes from.
-#}
{{ config(
    materialized='append',
    into='runner.rejects',
    when=plan.lines,
    on_call=true
) }}
{% set sums = plan.assignments | selectattr('line') | list %}
with

files as (

    select
        file_id,
        path
    from runner.files

),

overflowing as (

    select * from {{ relations.overflowing_sums }}

),

{% for source in chained if (source.name,) in plan.lines %}
{{ name('lines_of_' ~ source.name) }} as (

    select
        lines.line_hash,
        {{ line_origin('lines') }} as origin
    from {{ relations['lines.' ~ source.name] }} as lines

),

{{ name('origins_of_' ~ source.name) }} as (

    select
        line_hash,
        min(origin) as origin
    from {{ name('lines_of_' ~ source.name) }}
    group by line_hash

),

{% endfor %}
rejected as (

{% for item in sums %}
{% set sources = plan.lines[item.line - 1] %}
{% set is_chained = sources | length == 1 and sources[0] != main.name %}
    select
        {{ 'lines' if is_chained else 'overflowing' }}.origin,
        {{ text(item.described) }} as column_name,
        {{ text(item.name) }} as property,
        {{ text('its sum does not fit ' ~ item.declared.type) }} as reason,
        {{ item_at('overflowing.amounts_read', plan.amount_of(item)) }}
            as amount
    from overflowing
{% if is_chained %}
    left join {{ name('origins_of_' ~ sources[0]) }} as lines
        on overflowing.line_hash = lines.line_hash
{% endif %}
    where {{ has_item('overflowing.item_numbers', loop.index) }}
{{ '    union all' if not loop.last }}
{% endfor %}

),

final as (

    select
        {{ text(plan.name) }} as goal,
        {{ text(build_id) }} as build_id,
        files.path as file,
        {{ line_in('rejected.origin') }} as line,
        rejected.column_name,
        rejected.property,
        rejected.reason,
        trim(
            trailing '.'
            from trim(trailing '0' from cast(rejected.amount as string))
        ) as value
    from rejected
    left join files
        on {{ file_of('rejected.origin') }} = files.file_id

)

select * from final
