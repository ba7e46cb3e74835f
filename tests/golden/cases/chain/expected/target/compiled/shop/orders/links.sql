-- runner/sql/import/identity/links.sql, for connections/shop.yml:5
with

rows_read as (

    select
        given.rowid as row_id,
        row_order,
        row_hash,
        known_profile_id,
        is_kept,
        key_1,
        key_2
    from "shop.orders.rows" as given

),

identities as (

    select
        clusters.profile_id,
        clusters.is_new,
        clusters.first_row_order,
        identities.key_1,
        identities.key_2
    from "shop.orders.identities" as identities
    inner join "shop.orders.clusters" as clusters
        on identities.identity_id = clusters.identity_id

),

linked as (

    select
        rows_read.row_id,
        rows_read.row_order,
        rows_read.row_hash,
        rows_read.known_profile_id,
        rows_read.is_kept,
        identities.profile_id,
        identities.is_new
        and rows_read.row_order = identities.first_row_order as is_first
    from rows_read
    left join identities
        on rows_read.key_1
            is not distinct from identities.key_1
        and rows_read.key_2
            is not distinct from identities.key_2

),

equal_rows as (

    select
        row_hash,
        min(row_order) as first_order
    from rows_read
    where is_kept
    group by row_hash
    having count(*) > 1

),

final as (

    select
        linked.row_id,
        coalesce(linked.known_profile_id, linked.profile_id) as profile_id,
        case
            when linked.known_profile_id is not null then 'unchanged'
            when not linked.is_kept then 'filtered'
            when linked.profile_id is null then 'unmatched'
            when linked.row_order > equal_rows.first_order then 'duplicate'
            when linked.is_first then 'created'
            else 'updated'
        end as outcome
    from linked
    left join equal_rows
        on linked.row_hash = equal_rows.row_hash

)

select * from final
