{#-
    Grain: one row per row that is applied to a profile, repeated rows included,
    with the values that depend on its main line (R8).
-#}
{{ config(materialized='temporary') }}
{% set again = () if is_first else plan.repeated_values %}
{% set items = plan.row_values + again %}
{% set used = plan.sources_of(items) %}
{% set last = namespace(step='rows_applied') %}
with

rows_linked as (

    select
        links.profile_id,
        links.outcome,
        rows_read.*
    from {{ rows_with_links(relations.rows, relations.links) }}
    where
        links.outcome in ('created', 'updated', 'duplicate')

),

repeated as (

    select
        repeated.profile_id,
        'repeated' as outcome,
        rows_read.*
    from {{ relations.rows }} as rows_read
    inner join {{ relations.repeated_rows }} as repeated
        on {{ row_id('rows_read') }} = repeated.row_id

),

rows_applied as (

    select * from rows_linked
    union all
    select * from repeated

),

{% if items %}
{{ with_columns(plan, relations, used, last) if used -}}
{{ process_steps(plan, last, used) -}}
{{ read_values(plan, last, items, again=again) -}}
{% endif %}
final as (

    select
        profile_id,
        outcome,
        main_row,
        origin,
        row_order,
{% if plan.tracks_lines %}
        key_hash,
{% endif %}
{% for source in chained %}
        {{ plan.row_of(source.name) }},
{% endfor %}
{% for sources in plan.lines %}
        {{ plan.line(loop.index) }},
{% endfor %}
{% for item in plan.identifying_values %}
{% if item.may_be_rejected %}
        {{ item.rejected }},
{% endif %}
{% set found = again | selectattr('name', 'equalto', item.name) | list %}
{% if found %}
        coalesce({{ item.column }}, {{ found[0].column }}) as {{ item.column }},
{% else %}
        {{ item.column }},
{% endif %}
{% endfor %}
{{ value_columns(plan.row_values) }}
{{- ',' if plan.row_values }}
        row_hash
    from {{ last.step }}

)

select * from final
