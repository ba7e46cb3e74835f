{#-
    Grain: one row per line with summed properties, and, where lines are
    tracked, changed line of the main file that it is joined to. Of the rows
    that they give together the first counts; null amounts: none was read now.
-#}
{{ config(
    materialized='append' if is_first else 'temporary',
    into='runner.sums',
    when=plan.lines
) }}
{% set sums = plan.assignments | selectattr('line') | list %}
{% set compares = plan.tracks_lines and not is_first %}
with

applied as {{ not_materialized() }} (

    {{ with_values(plan, relations.applied_rows, relations, sums) }}

),

{% if plan.tracks_lines %}
last_rows as {{ not_materialized() }} (

    select * from {{ relations.last_rows }}

),

{% if compares %}
changed_lines as {{ not_materialized() }} (

    select key_hash
    from {{ relations.changed_lines }}

),

rows_in_force as {{ not_materialized() }} (

    select
        {{ all_columns('last_rows', ['key_hash']) }},
        last_rows.key_hash as anchor_hash
    from last_rows
    semi join changed_lines
        on last_rows.key_hash = changed_lines.key_hash
    where last_rows.is_in_force

),

{% endif %}
{% endif %}
{% for sources in plan.lines %}
{% set line = plan.line(loop.index) %}
{% set items = plan.summed(loop.index) %}
{% set columns = items | map(attribute='column') | join(',\n        ') %}
{% set amounts = [] %}
{% for _ in items %}
{% set _ = amounts.append('amount_' ~ loop.index) %}
{% endfor %}
amounts_{{ loop.index }} as (

    select
        {{ line }} as line_hash,
{% if plan.tracks_lines and is_first %}
        key_hash as anchor_hash,
{% endif %}
{% for item in items %}
{% set amount = 'cast(' ~ item.column ~ ' as decimal(38, 10))' %}
        {{ some_value(amount) }} as amount_{{ loop.index }},
{% endfor %}
        {{ first_by('profile_id', 'row_order') }} as profile_id,
        {{ first_by('origin', 'row_order') }} as origin
    from applied
{% if plan.line_key and is_first %}
    semi join last_rows
        on applied.main_row = last_rows.main_row
{% endif %}
    where coalesce(
        {{ columns }}
    ) is not null
    group by
{% if plan.tracks_lines and is_first %}
        key_hash,
{% endif %}
        {{ line }}

),

{% if compares %}
lines_{{ loop.index }} as (

    select
        {{ line }} as line_hash,
        anchor_hash,
        {{ first_by('profile_id', 'row_order') }} as profile_id,
        {{ first_by('origin', 'row_order') }} as origin
    from rows_in_force
    where {{ line }} is not null
    group by
        {{ line }},
        anchor_hash

),

{% endif %}
summed_{{ loop.index }} as (

    select
        {{ text(plan.name) }} as goal,
        {{ text(sources | join('+')) }} as sources,
        summed.line_hash,
{% if plan.tracks_lines %}
        summed.anchor_hash,
{% else %}
        cast(null as {{ stored_type('hash') }}) as anchor_hash,
{% endif %}
        summed.profile_id,
        summed.origin,
        {{ text(items | map(attribute='name') | join(',')) }} as properties,
        case
            when coalesce({{ amounts | join(', ') }}) is not null
                then {{ list_of(amounts) }}
        end as amounts
{% if compares %}
    from lines_{{ loop.index }} as summed
    left join amounts_{{ loop.index }} as amounts_read
        on summed.line_hash = amounts_read.line_hash
{% else %}
    from amounts_{{ loop.index }} as summed
{% endif %}

),

{% endfor %}
final as (

{% for sources in plan.lines %}
    select * from summed_{{ loop.index }}
{{ '    union all' if not loop.last }}
{% endfor %}

)

select * from final
