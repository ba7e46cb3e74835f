{#- Grain: one row per line and summed property that was not counted before (R3, P5). -#}
with

counted as (

{% for item in plan.assignments if item.strategy == 'sum' %}
    select
        {{ text(item.name) }} as property,
        {{ name('line ' ~ item.line) }} as line_hash,
        profile_id,
        cast({{ item.column }} as decimal(38, 10)) as amount,
        origin,
        row_order
    from {{ relations.applied_rows }}
    where {{ item.column }} is not null
{{ '    union all' if not loop.last }}
{% endfor %}

),

once as (

    select *
    from counted
    qualify row_number() over (
        partition by property, line_hash
        order by row_order
    ) = 1

),

final as (

    select
        {{ text(plan.name) }} as goal,
        once.property,
        once.line_hash,
        once.profile_id,
        once.amount,
        once.origin
    from once
    left join runner.sums as earlier
        on once.line_hash = earlier.line_hash
        and once.property = earlier.property
        and earlier.goal = {{ text(plan.name) }}
    where earlier.goal is null

)

select * from final
