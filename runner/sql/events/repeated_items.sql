{#-
    Grain: one row per line whose item another line of the same event and file
    replaced: both have the identifier, with other values.
-#}
{% set id = nested.identifier.item.column %}
{% set columns = [] %}
{% for column in nested.columns %}
{% set _ = columns.append(column.item.column) %}
{% endfor %}
with

event_rows as (

    select * from {{ rows }}
    where
        event_id is not null
        and {{ id }} is not null

),

files as (

    select
        file_id,
        path
    from runner.files

),

contents as (

    select
        event_id,
        {{ id }} as item_id,
        file_id,
        {{ columns | join(',\n        ') }},
        max(row_order) as last_order,
        max(origin) as origin,
        bool_or(is_new) as is_new
    from event_rows
    group by
        event_id,
        file_id,
        {{ columns | join(',\n        ') }}

),

repeated as (

    select
        event_id,
        item_id,
        file_id,
        max(last_order) as last_order
    from contents
    group by
        event_id,
        item_id,
        file_id
    having count(*) > 1

),

final as (

    select distinct
        {{ text(plan.name) }} as goal,
        {{ text(build_id) }} as build_id,
        files.path as file,
        {{ line_in('contents.origin') }} as line,
        {{ text(nested.identifier.item.described) }} as column_name,
        {{ text(nested.identifier.item.name) }} as property,
        'repeated_item' as reason,
        cast(contents.item_id as string) as value
    from contents
    inner join repeated
        on contents.event_id = repeated.event_id
        and contents.item_id = repeated.item_id
        and contents.file_id = repeated.file_id
    left join files
        on contents.file_id = files.file_id
    where
        contents.last_order != repeated.last_order
        and contents.is_new

)

select * from final
