-- runner/sql/import/links.sql, for connections/shop.yml:5
with

rows_read as (

    select
        rowid as row_id,
        row_order,
        row_hash,
        known_profile_id,
        is_kept,
        "key 1",
        "key 2"
    from "shop.orders.rows"

),

identities as (

    select
        people.profile_id,
        people.is_new,
        people.first_row_order,
        identities."key 1",
        identities."key 2"
    from "shop.orders.identities" as identities
    inner join "shop.orders.people" as people
        on identities.identity_id = people.identity_id

),

linked as (

    select
        rows_read.row_id,
        rows_read.row_order,
        rows_read.row_hash,
        rows_read.known_profile_id,
        rows_read.is_kept,
        identities.profile_id,
        identities.is_new and rows_read.row_order = identities.first_row_order as is_first
    from rows_read
    left join identities
        on rows_read."key 1"
            is not distinct from identities."key 1"
        and rows_read."key 2"
            is not distinct from identities."key 2"

),

ranked as (

    select
        *,
        row_number() over (partition by is_kept, row_hash order by row_order) as occurrence
    from linked

),

final as (

    select
        row_id,
        coalesce(known_profile_id, profile_id) as profile_id,
        case
            when known_profile_id is not null then 'unchanged'
            when not is_kept then 'filtered'
            when profile_id is null then 'unmatched'
            when occurrence > 1 then 'duplicate'
            when is_first then 'created'
            else 'updated'
        end as outcome
    from ranked

)

select * from final
order by row_id
