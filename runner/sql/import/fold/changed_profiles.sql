{#-
    Grain: one row per profile that a row is applied to, or that loses what a
    line gave it, as the goal leaves it (P4).
-#}
{#-
    With `is_several` main files, `updated_at` is the time of the last of them
    that changes a value, as if each came in a build of its own (P8).
-#}
{% set is_retracting = plan.tracks_lines and plan.adds %}
{% set sums = plan.assignments | selectattr('line') | list %}
{% set valued = plan.applied_values | reject('in', sums) | list %}
{% set changing = items_where('amounts', 'amount', 'amount != 0') %}
{% set applied = namespace(columns=[entity.id, 'created_at', 'updated_at']) %}
{% for item in plan.assignments %}
{% set applied.columns = applied.columns + [name(item.name)] %}
{% endfor %}
with

{% if is_several %}
valued as not materialized (

    {{ with_values(plan, relations.applied_rows, relations, valued) }}

),

{% endif %}
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
{% if is_several and plan.lines %}
new_sums as (

    select
        profile_id,
        amounts,
        origin
    from {{ relations.new_sums }}
    where {{ in_slice('profile_id') }}

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
not_retracted as not materialized (

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
{% if is_several %}
several as (

    select profile_id
    from folded
    where {{ file_of('first_origin') }} != {{ file_of('last_origin') }}

),

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

{% for item in plan.adds %}
{{ name('items_' ~ item.name) }} as (

    select
        rows_read.profile_id,
        {{ each_item(parse_values('rows_read.' ~ item.column, item)) }} as item,
        {{ file_of('rows_read.origin') }} as file_id
    from valued as rows_read
    semi join several
        on rows_read.profile_id = several.profile_id
    where rows_read.{{ item.column }} is not null

),

{{ name('first_items_' ~ item.name) }} as (

    select
        profile_id,
        item,
        min(file_id) as file_id
    from {{ name('items_' ~ item.name) }}
    group by
        profile_id,
        item

),

{% endfor %}
changing_files as (

    select
        profile_id,
        file_id
    from compared
    where is_changing
{% if plan.lines %}
    union all
    select
        profile_id,
        {{ file_of('origin') }} as file_id
    from new_sums
    where {{ item_count(changing) }} > 0
{% endif %}
{% if plan.tracks_lines %}
    union all
    select
        profile_id,
        {{ file_of('origin') }} as file_id
    from retractions
{% endif %}
{% for item in plan.adds %}
    union all
    select
        items.profile_id,
        items.file_id
    from {{ name('first_items_' ~ item.name) }} as items
    left join earlier
        on items.profile_id = earlier.{{ entity.id }}
    where
        not coalesce(
            {{ has_item('earlier.' ~ name(item.name), 'items.item') }}, false
        )
{% endfor %}

),

last_changes as (

    select
        several.profile_id,
        max(changing_files.file_id) as file_id
    from several
    inner join changing_files
        on several.profile_id = changing_files.profile_id
    group by several.profile_id

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
        on coalesce(last_changes.file_id, {{ file_of('folded.last_origin') }})
        = last_files.file_id
{% else %}
    left join files as last_files
        on {{ file_of('folded.last_origin') }} = last_files.file_id
{% endif %}
{% if plan.tracks_lines %}
    left join retractions
        on folded.profile_id = retractions.profile_id
    left join files as retracting_files
        on {{ file_of('retractions.origin') }} = retracting_files.file_id
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
