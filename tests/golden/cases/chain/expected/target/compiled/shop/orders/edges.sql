-- runner/sql/import/edges.sql, for connections/shop.yml:5
with

identities as (

    select * from "shop.orders.identities"

),

nodes as (

    select
        identity_id,
        [
            case
    when "key 1" is not null
        then cast(md5(to_json(['email', "key 1"])) as uuid)
end,
            case
    when "key 2" is not null
        then cast(md5(to_json(['customer_id', "key 2"])) as uuid)
end,
            case
    when cast("profile 1" as varchar) is not null
        then cast(md5(to_json(['', cast("profile 1" as varchar)])) as uuid)
end,
            case
    when cast("profile 2" as varchar) is not null
        then cast(md5(to_json(['', cast("profile 2" as varchar)])) as uuid)
end
        ] as members
    from identities

),

pairs as (

    select
        list_filter(members, lambda member: member is not null)[1] as node,
        unnest(list_filter(members, lambda member: member is not null)[2:]) as neighbour
    from nodes

),

final as (

    select distinct
        node,
        neighbour
    from pairs
    where node != neighbour

)

select * from final
