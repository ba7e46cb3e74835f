{#-
    Grain: one row per profile and property that values are added to, with those
    that this goal had not added before (P5). Where lines are tracked, one row
    per row and property: a superseded row retracts its values.
-#}
with

earlier as not materialized (

    select
        row_hash,
        profile_id,
        property,
        items
    from runner.additions
    where goal = {{ text(plan.name) }}

),

{% if plan.tracks_lines %}
{% if plan.line_key %}
last_rows as (

    select main_row
    from {{ relations.last_rows }}

),

{% endif %}
valued as not materialized (

    {{ with_values(plan, relations.applied_rows, relations, plan.adds) }}

),

{% else %}
{% for item in plan.adds %}
{{ name('added_' ~ item.name) }} as not materialized (

    select
        profile_id,
        cast(items as varchar[]) as items
    from {{ relations['added_values.' ~ item.name] }}

),

{% endfor %}
{% endif %}
{% if plan.tracks_lines %}
applied as not materialized (

    select valued.*
    from valued
{% if plan.line_key %}
    semi join last_rows
        on valued.main_row = last_rows.main_row
{% endif %}

),

{% for item in plan.adds %}
{% set added = parse_values('any_value(' ~ item.column ~ ')', item) %}
{{ name('rows_' ~ item.name) }} as (

    select
        row_hash,
        any_value(profile_id) as profile_id,
        cast({{ added }} as varchar[]) as items
    from applied
    where {{ item.column }} is not null
    group by row_hash

),

{{ name('fresh_' ~ item.name) }} as (

    select rows_read.*
    from {{ name('rows_' ~ item.name) }} as rows_read
    anti join earlier
        on rows_read.row_hash = earlier.row_hash
        and earlier.property = {{ text(item.name) }}

),

{% endfor %}
{% else %}
{% for item in plan.adds %}
{{ name('earlier_' ~ item.name) }} as (

    select
        earlier.profile_id,
        flatten(list(earlier.items)) as items
    from earlier
    semi join {{ name('added_' ~ item.name) }} as added
        on earlier.profile_id = added.profile_id
    where earlier.property = {{ text(item.name) }}
    group by earlier.profile_id

),

{{ name('compared_' ~ item.name) }} as (

    select
        added.profile_id,
        case
            when earlier.items is null then added.items
            else list_filter(
                added.items,
                lambda item: not list_contains(earlier.items, item)
            )
        end as items
    from {{ name('added_' ~ item.name) }} as added
    left join {{ name('earlier_' ~ item.name) }} as earlier
        on added.profile_id = earlier.profile_id

),

{{ name('fresh_' ~ item.name) }} as (

    select
        cast(null as uhugeint) as row_hash,
        profile_id,
        items
    from {{ name('compared_' ~ item.name) }}
    where len(items) > 0

),

{% endfor %}
{% endif %}
final as (

{% for item in plan.adds %}
    select
        {{ text(plan.name) }} as goal,
        {{ text(item.name) }} as property,
        *
    from {{ name('fresh_' ~ item.name) }}
{{ '    union all' if not loop.last }}
{% endfor %}

)

select * from final
