{#- Grain: one row per joined row, with its outcome (R7). -#}
{{ config(materialized='temporary') }}
with

rows_read as (

    select
        {{ row_id('given') }} as row_id,
        row_order,
        is_kept,
        {{ plan.product_id.column }} as product_id,
        row_number() over (
            partition by is_kept, row_hash
            order by row_order
        ) as occurrence
    from {{ relations.rows }} as given

),

products as (

    select
        id,
        "batch.first_order" as first_order,
        "batch.is_created" as is_created,
        "batch.is_changed" as is_changed
    from {{ relations.new_products }}

),

final as (

    select
        rows_read.row_id,
        case
            when not rows_read.is_kept then 'filtered'
            when products.id is null then 'unmatched'
            when not products.is_changed then 'unchanged'
            when rows_read.occurrence > 1 then 'duplicate'
            when
                products.is_created
                and rows_read.row_order = products.first_order
                then 'created'
            else 'updated'
        end as outcome
    from rows_read
    left join products
        on rows_read.product_id = products.id

)

select * from final
