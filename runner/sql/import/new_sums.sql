{#-
    Grain: one row per line and summed property that was not counted before (R3, P5).
    However many rows a line was joined to, its values are those of the first of them.
-#}
with

{% for sources in plan.lines %}
{% set number = loop.index %}
{% set items = plan.assignments | selectattr('line', 'equalto', number) | list %}
lines_{{ number }} as (

    select
        {{ name('line ' ~ number) }} as line_hash,
        {{ name(('line ' if sources | length == 1 else 'anchor ') ~ number) }} as anchor_hash,
        profile_id,
{% for item in items %}
        {{ item.column }},
{% endfor %}
        origin
    from {{ relations.applied_rows }}
    qualify row_number() over (
        partition by {{ name('line ' ~ number) }}
        order by row_order
    ) = 1

),

{% endfor %}
counted as (

{% for item in plan.assignments if item.strategy == 'sum' %}
    select
        {{ text(item.name) }} as property,
        line_hash,
        anchor_hash,
        profile_id,
        cast({{ item.column }} as decimal(38, 10)) as amount,
        origin
    from lines_{{ item.line }}
    where {{ item.column }} is not null
{{ '    union all' if not loop.last }}
{% endfor %}

),

final as (

    select
        {{ text(plan.name) }} as goal,
        counted.property,
        counted.line_hash,
        counted.anchor_hash,
        counted.profile_id,
        counted.amount,
        counted.origin
    from counted
    left join runner.sums as earlier
        on counted.line_hash = earlier.line_hash
        and counted.property = earlier.property
        and earlier.goal = {{ text(plan.name) }}
    where earlier.goal is null

)

select * from final
