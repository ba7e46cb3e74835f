-- runner/sql/import/new_rejects.sql, for connections/shop.yml:5
with

files as (

    select
        file_id,
        path
    from runner.files

),

rejected as (

    select
        coalesce(lines.clean_origin, lines.rowid + lines.shift) as origin,
        'areas.income' as column_name,
        'income' as property,
        'not a decimal(18,2)' as reason,
        applied."rejected income" as value
    from "shop.orders.applied_rows" as applied
    left join "shop.orders.lines.areas" as lines
        on applied."areas row" = lines.rowid
    where
        applied."rejected income" is not null
        and applied.outcome != 'repeated'
    union all
    select
        applied.origin,
        'order_lines.amount' as column_name,
        'spent' as property,
        'not a decimal(18,2)' as reason,
        applied."rejected spent" as value
    from "shop.orders.applied_rows" as applied
    where
        applied."rejected spent" is not null
        and applied.outcome != 'repeated'
    union all
    select
        applied.origin,
        '' as column_name,
        'lines' as property,
        'not an integer' as reason,
        applied."rejected lines" as value
    from "shop.orders.applied_rows" as applied
    where
        applied."rejected lines" is not null
        and applied.outcome != 'repeated'
    union all
    select
        applied.origin,
        'order_lines.ordered_at' as column_name,
        'first_order_at' as property,
        'not a datetime' as reason,
        applied."rejected first_order_at" as value
    from "shop.orders.applied_rows" as applied
    where
        applied."rejected first_order_at" is not null
        and applied.outcome != 'repeated'

),

final as (

    select distinct
        'shop.orders' as goal,
        '<build>' as build_id,
        files.path as file,
        rejected.origin % 4294967296 as line,
        rejected.column_name,
        rejected.property,
        rejected.reason,
        rejected.value
    from rejected
    left join files
        on rejected.origin // 4294967296 = files.file_id

)

select * from final
