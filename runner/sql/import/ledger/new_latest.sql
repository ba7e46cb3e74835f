{#-
    Grain: one row per profile and property with `latest_by` that the goal set,
    with what the row was ordered by (P8).
-#}
{{ config(
    materialized='replace',
    into='runner.latest',
    key=['goal', 'property', 'profile_id'],
    when=plan.orders
) }}
{% set ordered = plan.ordered_values %}
with

applied as {{ not_materialized() }} (

    {{ with_values(plan, relations.applied_rows, relations, ordered) }}

),

earlier as {{ not_materialized() }} (

    select
        property,
        profile_id,
        latest
    from runner.latest
    where goal = {{ text(plan.name) }}

),

ordered as (

{% for item in plan.assignments if plan.order_of(item) %}
{% set order = plan.order_of(item) %}
    select
        profile_id,
        {{ text(item.name) }} as property,
        max({{ order.column }}) as latest
    from applied
    where
        {{ item.column }} is not null
        and {{ order.column }} is not null
    group by profile_id
{{ '    union all' if not loop.last }}
{% endfor %}

),

final as (

    select
        {{ text(plan.name) }} as goal,
        ordered.property,
        ordered.profile_id,
        ordered.latest
    from ordered
    left join earlier
        on ordered.profile_id = earlier.profile_id
        and ordered.property = earlier.property
    where
        earlier.latest is null
        or ordered.latest > earlier.latest

)

select * from final
