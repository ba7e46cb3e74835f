{#-
    Grain: one row per product of the batch, with each detail's last value, in
    row order, that is not empty. A detail has no dot in its name: `batch.`
    marks what is known of the batch alone.
-#}
{{ config(materialized='temporary') }}
{% set id = plan.product_id.column %}
with

rows_read as (

    select *
    from {{ relations.rows }}
    where
        is_kept
        and {{ id }} != ''

),

earlier as (

    select *
    from runner.product_feed
    where goal = {{ text(plan.name) }}

),

folded as (

    select
        {{ id }} as product_id,
{% for item in plan.details %}
        {{ last_by(item.column, 'row_order') }} as {{ item.column }},
{% endfor %}
        min(row_order) as first_order,
        max(origin) as origin
    from rows_read
    group by {{ id }}

),

final as (

    select
        {{ text(plan.name) }} as goal,
        folded.product_id as {{ name(plan.product_id.name) }},
        folded.origin,
{% for item in plan.details %}
        coalesce(folded.{{ item.column }}, earlier.{{ name(item.name) }})
            as {{ name(item.name) }},
{% endfor %}
        folded.first_order as "batch.first_order",
        earlier.id is null as "batch.is_created",
        earlier.id is null
{% for item in plan.details %}
        or (
            folded.{{ item.column }} is not null
            and folded.{{ item.column }}
            is distinct from earlier.{{ name(item.name) }}
        )
{% endfor %}
            as "batch.is_changed"
    from folded
    left join earlier
        on folded.product_id = earlier.id

)

select * from final
