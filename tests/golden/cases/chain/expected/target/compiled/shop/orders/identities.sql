-- runner/sql/import/identities.sql, for connections/shop.yml:5
with

keyed as (

    select
        "key 1",
        "key 2",
        min(row_order) as first_row_order
    from "shop.orders.rows"
    where
        is_kept
        and coalesce("key 1", "key 2") is not null
    group by all

),

final as (

    select
        row_number() over (order by keyed.first_row_order) as identity_id,
        keyed.*,
        owner_1.profile_id as "profile 1",
        owner_2.profile_id as "profile 2"
    from keyed
    left join runner.identifiers as owner_1
        on keyed."key 1" = owner_1.value
        and owner_1.identifier = 'email'
    left join runner.identifiers as owner_2
        on keyed."key 2" = owner_2.value
        and owner_2.identifier = 'customer_id'

)

select * from final
