{#-
    Grain: one row per profile that a row is applied to, or that loses what a
    line gave it, as the goal leaves it (P4).
-#}
{{ config(materialized='temporary', sliced=true) }}
{% set is_retracting = plan.tracks_lines and plan.adds %}
{% set sums = plan.assignments | selectattr('line') | list %}
{% set applied = namespace(columns=[entity.id, 'created_at', 'updated_at']) %}
{% for item in plan.assignments %}
{% set applied.columns = applied.columns + [name(item.name)] %}
{% endfor %}
with

{% if is_retracting %}
held as (

    select * from {{ entity.table }}

),

retracted as (

    select * from {{ relations.retracted_additions }}

),

{% else %}
earlier as (

    select * from {{ entity.table }}

),

{% endif %}
{% if plan.tracks_lines %}
retractions as (

    select
        profile_id,
        max(origin) as origin
    from {{ relations.new_retractions }}
    where {{ in_slice('profile_id') }}
    group by profile_id

),

{% endif %}
{% if is_several %}
last_changes as (

    select
        profile_id,
        file_id
    from {{ relations.last_changes }}

),

{% endif %}
files as (

    select
        file_id,
        modified_at
    from runner.files
    where goal = {{ text(plan.name) }}

),

{% if plan.orders %}
latest as (

    select
        property,
        profile_id,
        latest
    from runner.latest

),

{% endif %}
{% for item in plan.adds %}
{{ name('added_' ~ item.name) }} as (

    select
        profile_id,
        items
    from {{ relations['added_values.' ~ item.name] }}

),

{% endfor %}
{% if plan.lines %}
summed as (

    select
        totals.profile_id,
{% for item in sums %}
        earlier.{{ item.column }} as {{ name('earlier_' ~ item.name) }},
        totals.{{ item.column }} as {{ name('later_' ~ item.name) }}
        {{- ',' if not loop.last }}
{% endfor %}
    from {{ relations.sum_totals }} as totals
    inner join {{ relations.earlier_totals }} as earlier
        on totals.profile_id = earlier.profile_id
    where {{ in_slice('totals.profile_id') }}

),

{% endif %}
{% if is_retracting %}
not_retracted as {{ not_materialized() }} (

    select held.*
    from held
    anti join retracted
        on held.{{ entity.id }} = retracted.{{ entity.id }}

),

earlier as (

    {{ rows_of_both('retracted', 'not_retracted') }}

),

{% endif %}
{% if plan.orders %}
earlier_orders as (

    select
        profile_id,
{% for item in plan.assignments if plan.order_of(item) %}
        max(latest) filter (where property = {{ text(item.name) }})
            as {{ plan.order_of(item).column }}{{ ',' if not loop.last }}
{% endfor %}
    from latest
    where {{ in_slice('profile_id') }}
    group by profile_id

),

{% endif %}
{{ folded_rows(plan, relations, is_late) -}}
{% if plan.lines or is_retracting %}
{# What lines gave may change on a profile that no row is applied to. #}
losing as (

{% if plan.lines %}
    select profile_id from summed
{% endif %}
{{ '    union' if plan.lines and is_retracting }}
{% if is_retracting %}
    select {{ entity.id }} as profile_id
    from retracted
    where {{ in_slice(entity.id) }}
{% endif %}

),

only_losing as (

    select losing.profile_id
    from losing
    semi join earlier
        on losing.profile_id = earlier.{{ entity.id }}
    anti join folded
        on losing.profile_id = folded.profile_id

),

changed as (

    {{ rows_of_both('folded', 'only_losing') }}

),

{% endif %}
final as (

    select
        folded.profile_id as {{ entity.id }},
        {{ all_columns('earlier', applied.columns) }},
{% for item in plan.assignments %}
        {{ applied_value(item, is_late, plan.order_of(item)) }}
            as {{ name(item.name) }},
{% endfor %}
        least(earlier.created_at, first_files.modified_at) as created_at,
        greatest(
            earlier.updated_at,
            last_files.modified_at
            {{- ', retracting_files.modified_at' if plan.tracks_lines }}
        ) as updated_at
    from {{ 'changed' if plan.lines or is_retracting else 'folded' }} as folded
    left join earlier
        on folded.profile_id = earlier.{{ entity.id }}
{% if plan.orders %}
    left join earlier_orders
        on folded.profile_id = earlier_orders.profile_id
{% endif %}
    left join files as first_files
        on {{ file_of('folded.first_origin') }} = first_files.file_id
{% if is_several %}
    left join last_changes
        on folded.profile_id = last_changes.profile_id
    left join files as last_files
        on last_files.file_id = case
            when last_changes.profile_id is not null then last_changes.file_id
            else {{ file_of('folded.last_origin') }}
        end
{% else %}
    left join files as last_files
        on {{ file_of('folded.last_origin') }} = last_files.file_id
{% endif %}
{% if plan.tracks_lines %}
    left join retractions
        on folded.profile_id = retractions.profile_id
    left join files as retracting_files
        on {{ file_of('retractions.origin') }} = retracting_files.file_id
{% if is_several %}
        and last_changes.profile_id is null
{% endif %}
{% endif %}
{% for item in plan.adds %}
    left join {{ name('added_' ~ item.name) }}
        on folded.profile_id = {{ name('added_' ~ item.name) }}.profile_id
{% endfor %}
{% if plan.lines %}
    left join summed
        on folded.profile_id = summed.profile_id
{% endif %}

)

select * from final
