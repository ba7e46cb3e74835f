{#-
    Grain: one row per profile of several files, and file that changes a list to
    which rows add values.
-#}
{{ config(
    materialized='temporary',
    after=['runner.additions'],
    when=is_several and plan.adds
) }}
{% set texts = list_type('string') %}
with

valued as {{ not_materialized() }} (

    {{ with_values(plan, relations.applied_rows, relations, plan.adds) }}

),

several as (

    select profile_id
    from {{ relations.several_files }}

),

earlier as (

    select * from {{ entity.table }}

),

additions_now as (

    select
        goal,
        property,
        profile_id,
        row_hash,
        items
    from runner.additions

),

{% if plan.tracks_lines %}
row_changes as (

    select
        profile_id,
        row_hash,
        file_id,
        sign
    from {{ relations.row_changes }}

),

superseded_additions as (

    select
        property,
        row_hash,
        items
    from {{ relations.superseded_additions }}

),

{% endif %}
{% for item in plan.adds %}
{% set items = parse_values(item.column, item) %}
{% set items = 'cast(' ~ items ~ ' as ' ~ texts ~ ')' %}
{% if plan.tracks_lines %}
{{ name('rows_adding_' ~ item.name) }} as (

    select
        row_hash,
        {{ items }} as items
    from valued
    where {{ item.column }} is not null
    union all
    select
        row_hash,
        items
    from additions_now
    where
        goal = {{ text(plan.name) }}
        and property = {{ text(item.name) }}
    union all
    select
        row_hash,
        items
    from superseded_additions
    where property = {{ text(item.name) }}

),

{{ name('items_of_rows_' ~ item.name) }} as (

    select
        row_hash,
        any_value(items) as items
    from {{ name('rows_adding_' ~ item.name) }}
    group by row_hash

),

{{ name('item_signs_' ~ item.name) }} as (

    select
        row_changes.profile_id,
        row_changes.file_id,
        row_changes.sign,
        {{ each_item('adding.items') }} as item
    from row_changes
    semi join several
        on row_changes.profile_id = several.profile_id
    inner join {{ name('items_of_rows_' ~ item.name) }} as adding
        on row_changes.row_hash = adding.row_hash

),

{% else %}
{{ name('item_signs_' ~ item.name) }} as (

    select
        valued.profile_id,
        {{ file_of('valued.origin') }} as file_id,
        1 as sign,
        {{ each_item(items) }} as item
    from valued
    semi join several
        on valued.profile_id = several.profile_id
    where valued.{{ item.column }} is not null

),

{% endif %}
{{ name('item_changes_' ~ item.name) }} as (

    select
        profile_id,
        item,
        file_id,
        sum(sign) as more,
        count(*) filter (where sign > 0) > 0 as is_given
    from {{ name('item_signs_' ~ item.name) }}
    group by
        profile_id,
        item,
        file_id

),

{{ name('items_now_' ~ item.name) }} as (

    select
        additions_now.profile_id,
        {{ each_item('additions_now.items') }} as item
    from additions_now
    semi join several
        on additions_now.profile_id = several.profile_id
    where additions_now.property = {{ text(item.name) }}

),

{{ name('item_counts_' ~ item.name) }} as (

    select
        profile_id,
        item,
        count(*) as giver_count
    from {{ name('items_now_' ~ item.name) }}
    group by
        profile_id,
        item

),

{{ name('givers_' ~ item.name) }} as (

    select
        changes.*,
        coalesce(counts.giver_count, 0) - coalesce(sum(changes.more) over (
            partition by
                changes.profile_id,
                changes.item
            order by changes.file_id
            rows between 1 following and unbounded following
        ), 0) as giver_count
    from {{ name('item_changes_' ~ item.name) }} as changes
    left join {{ name('item_counts_' ~ item.name) }} as counts
        on changes.profile_id = counts.profile_id
        and changes.item = counts.item

),

{{ name('items_after_' ~ item.name) }} as (

    select
        givers.profile_id,
        givers.item,
        givers.file_id,
        case
            when givers.is_given then true
            when givers.giver_count <= 0 then false
        end as is_held,
        coalesce({{ has_item(
            'cast(earlier.' ~ name(item.name) ~ ' as ' ~ texts ~ ')',
            'givers.item',
        ) }}, false) as was_held
    from {{ name('givers_' ~ item.name) }} as givers
    left join earlier
        on givers.profile_id = earlier.{{ entity.id }}

),

{{ name('items_compared_' ~ item.name) }} as (

    select
        profile_id,
        file_id,
        is_held is not null
        and is_held != coalesce(
            {{ last_given('is_held', 'files_before') }}, was_held
        ) as is_changing
    from {{ name('items_after_' ~ item.name) }}
    window files_before as (
        partition by
            profile_id,
            item
        order by file_id
        rows between unbounded preceding and 1 preceding
    )

),

{% endfor %}
final as (

{% for item in plan.adds %}
    select distinct
        profile_id,
        file_id
    from {{ name('items_compared_' ~ item.name) }}
    where is_changing
{{ '    union' if not loop.last }}
{% endfor %}

)

select * from final
