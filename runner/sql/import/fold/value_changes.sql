{#-
    Grain: one row per profile of several files, and file that changes a value
    which rows set, or makes the profile.
-#}
{{ config(materialized='temporary', sliced=true, when=is_several) }}
with

valued as {{ not_materialized() }} (

    {{ with_values(
        plan, relations.applied_rows, relations,
        plan.folded_values + plan.orders
    ) }}

),

several as (

    select profile_id
    from {{ relations.several_files }}
    where {{ in_slice('profile_id') }}

),

earlier as (

    select * from {{ entity.table }}

),

{% if plan.orders %}
latest as (

    select
        property,
        profile_id,
        latest
    from runner.latest

),

earlier_orders as (

    select
        profile_id,
{% for item in plan.assignments if plan.order_of(item) %}
        max(latest) filter (where property = {{ text(item.name) }})
            as {{ plan.order_of(item).column }}{{ ',' if not loop.last }}
{% endfor %}
    from latest
    group by profile_id

),

{% endif %}
by_file as (

    select
        valued.profile_id,
        {{ file_of('valued.origin') }} as file_id,
{% for item in plan.folded_values %}
        {{ value_of_file(item, plan.order_of(item)) }} as {{ item.column }},
{% if plan.order_of(item) %}
        max({{ held_order(plan.order_of(item).column) }}) filter (
            where {{ item.column }} is not null
        ) as {{ plan.order_of(item).column }},
{% endif %}
{% endfor %}
        count(*) as row_count
    from valued
    semi join several
        on valued.profile_id = several.profile_id
    group by
        valued.profile_id,
        {{ file_of('valued.origin') }}

),

compared as (

    select
        by_file.profile_id,
        by_file.file_id,
{% for item in plan.folded_values %}
        {{ is_change_of_file(item, plan.order_of(item)) }} or
{% endfor %}
        earlier.{{ entity.id }} is null
        and row_number() over of_profile = 1 as is_changing
    from by_file
    left join earlier
        on by_file.profile_id = earlier.{{ entity.id }}
{% if plan.orders %}
    left join earlier_orders
        on by_file.profile_id = earlier_orders.profile_id
{% endif %}
    window
        of_profile as (
            partition by by_file.profile_id
            order by by_file.file_id
        ),
        files_before as (
            partition by by_file.profile_id
            order by by_file.file_id
            rows between unbounded preceding and 1 preceding
        )

),

final as (

    select
        profile_id,
        file_id
    from compared
    where is_changing

)

select * from final
