-- runner/sql/import/new_identifiers.sql, for connections/shop.yml:5
with

from_rows as (

    select
        'email' as identifier,
        identities."key 1" as value,
        people.profile_id,
        1 as rank,
        cast(identities.first_row_order as hugeint) as row_order
    from "shop.orders.identities" as identities
    inner join "shop.orders.people" as people
        on identities.identity_id = people.identity_id
    where
        identities."key 1" is not null
        and identities."profile 1" is null
        and people.profile_id is not null
    union all
    select
        'customer_id' as identifier,
        identities."key 2" as value,
        people.profile_id,
        1 as rank,
        cast(identities.first_row_order as hugeint) as row_order
    from "shop.orders.identities" as identities
    inner join "shop.orders.people" as people
        on identities.identity_id = people.identity_id
    where
        identities."key 2" is not null
        and identities."profile 2" is null
        and people.profile_id is not null

),

from_profiles as (

    select
        'customer_id' as identifier,
        nullif(cast("customer_id" as varchar), '') as value,
        profile_id,
        2 as rank,
        cast(row_number() over (order by profile_id) as hugeint) as row_order
    from "shop.orders.changed_profiles"
    union all
    select
        'email' as identifier,
        nullif(cast("email" as varchar), '') as value,
        profile_id,
        2 as rank,
        cast(row_number() over (order by profile_id) as hugeint) as row_order
    from "shop.orders.changed_profiles"

),

candidates as (

    select * from from_rows
    union all
    select * from from_profiles
    where value is not null

),

once as (

    select
        identifier,
        value,
        profile_id
    from candidates
    qualify row_number() over (
        partition by identifier, value
        order by rank, row_order
    ) = 1

),

final as (

    select once.*
    from once
    left join runner.identifiers as earlier
        on once.value = earlier.value
        and once.identifier = earlier.identifier
    where earlier.value is null

)

select * from final
