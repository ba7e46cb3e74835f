{#-
    Grain: one row per line with summed properties, and, where lines are
    tracked, changed line of the main file that it is joined to. Of the rows
    that they give together the first counts; null amounts: none was read.
-#}
{% set sums = plan.assignments | selectattr('line') | list %}
with

applied as not materialized (

    {{ with_values(plan, relations.applied_rows, relations, sums) }}

),

{% if plan.tracks_lines %}
changed_lines as not materialized (

    select key_hash
    from {{ relations.changed_lines }}

),

last_rows as not materialized (

    select * from {{ relations.last_rows }}

),

rows_in_force as not materialized (

    select
        last_rows.* exclude (key_hash),
        last_rows.key_hash as anchor_hash
    from last_rows
    semi join changed_lines
        on last_rows.key_hash = changed_lines.key_hash
    where last_rows.is_in_force

),

{% endif %}
{% for sources in plan.lines %}
{% set line = plan.line(loop.index) %}
{% set items = plan.summed(loop.index) %}
{% set columns = items | map(attribute='column') | join(',\n        ') %}
amounts_{{ loop.index }} as (

    select
        {{ line }} as line_hash,
        any_value([
{% for item in items %}
            cast({{ item.column }} as decimal(38, 10))
            {{- ',' if not loop.last }}
{% endfor %}
        ]) as amounts,
        arg_min(profile_id, row_order) as profile_id,
        arg_min(origin, row_order) as origin
    from applied
    where coalesce(
        {{ columns }}
    ) is not null
    group by {{ line }}

),

lines_{{ loop.index }} as (

{% if plan.tracks_lines %}
    select
        {{ line }} as line_hash,
        anchor_hash,
        arg_min(profile_id, row_order) as profile_id,
        arg_min(origin, row_order) as origin
    from rows_in_force
    where {{ line }} is not null
    group by
        {{ line }},
        anchor_hash
{% else %}
    select
        line_hash,
        cast(null as uhugeint) as anchor_hash,
        profile_id,
        origin
    from amounts_{{ loop.index }}
{% endif %}

),

summed_{{ loop.index }} as (

    select
        {{ text(sources | join('+')) }} as sources,
        summed.*,
        {{ text(items | map(attribute='name') | join(',')) }} as properties,
        amounts_read.amounts
    from lines_{{ loop.index }} as summed
    left join amounts_{{ loop.index }} as amounts_read
        on summed.line_hash = amounts_read.line_hash

),

{% endfor %}
final as (

{% for sources in plan.lines %}
    select * from summed_{{ loop.index }}
{{ '    union all' if not loop.last }}
{% endfor %}

)

select * from final
