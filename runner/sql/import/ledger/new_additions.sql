{#-
    Grain: one row per profile and property that values are added to, with those that this goal
    had not added to it before (P5). Where lines have a `key`, one row per row and property: a
    row that is corrected takes its values back.
-#}
with

{% for item in plan.adds %}
{% if plan.key %}
{{ name('rows ' ~ item.name) }} as (

    select
        applied.row_hash,
        any_value(applied.profile_id) as profile_id,
        cast({{ parse_values('any_value(applied.' ~ item.column ~ ')', item) }} as varchar[]) as items
    from {{ relations.applied_rows }} as applied
    semi join {{ relations.last_rows }} as last_rows
        on applied.main_row = last_rows.main_row
    where applied.{{ item.column }} is not null
    group by applied.row_hash

),

{{ name('fresh ' ~ item.name) }} as (

    select rows_read.*
    from {{ name('rows ' ~ item.name) }} as rows_read
    anti join runner.additions as earlier
        on rows_read.row_hash = earlier.row_hash
        and earlier.property = {{ text(item.name) }}
        and earlier.goal = {{ text(plan.name) }}

),

{% else %}
{{ name('earlier ' ~ item.name) }} as (

    select
        earlier.profile_id,
        flatten(list(earlier.items)) as items
    from runner.additions as earlier
    semi join {{ relations['added_values.' ~ item.name] }} as added
        on earlier.profile_id = added.profile_id
    where
        earlier.goal = {{ text(plan.name) }}
        and earlier.property = {{ text(item.name) }}
    group by earlier.profile_id

),

{{ name('compared ' ~ item.name) }} as (

    select
        added.profile_id,
        case
            when earlier.items is null then cast(added.items as varchar[])
            else list_filter(
                cast(added.items as varchar[]),
                lambda item: not list_contains(earlier.items, item)
            )
        end as items
    from {{ relations['added_values.' ~ item.name] }} as added
    left join {{ name('earlier ' ~ item.name) }} as earlier
        on added.profile_id = earlier.profile_id

),

{{ name('fresh ' ~ item.name) }} as (

    select
        cast(null as uhugeint) as row_hash,
        profile_id,
        items
    from {{ name('compared ' ~ item.name) }}
    where len(items) > 0

),

{% endif %}
{% endfor %}
final as (

{% for item in plan.adds %}
    select
        {{ text(plan.name) }} as goal,
        {{ text(item.name) }} as property,
        *
    from {{ name('fresh ' ~ item.name) }}
{{ '    union all' if not loop.last }}
{% endfor %}

)

select * from final
