-- runner/sql/import/people.sql, for connections/shop.yml:5
with

identities as (

    select
        *,
        coalesce(
            case
    when "key 1" is not null
        then cast(md5(to_json(['email', "key 1"])) as uuid)
end,
            case
    when "key 2" is not null
        then cast(md5(to_json(['customer_id', "key 2"])) as uuid)
end
        ) as node,
        coalesce(
            'email:' || "key 1",
            'customer_id:' || "key 2"
        ) as first_identifier,
        list_distinct(list_filter([
"profile 1", "profile 2"
        ], lambda profile: profile is not null)) as profiles
    from "shop.orders.identities"

),

placed as (

    select
        identities.*,
        coalesce(components.component, identities.node) as component
    from identities
    left join "shop.orders.components" as components
        on identities.node = components.node

),

owners as (

    select
        placed.component,
        count(distinct profile.profile_id) as profile_count,
        arg_min(profile.profile_id, (profile.created_at, profile.profile_id)) as oldest_profile_id
    from placed
    cross join unnest(placed.profiles) as found(profile_id)
    inner join main.profiles as profile
        on found.profile_id = profile.profile_id
    group by placed.component

),

first_rows as (

    select
        component,
        arg_min(first_identifier, first_row_order) as first_identifier,
        min(first_row_order) as first_row_order
    from placed
    group by component

),

final as (

    select
        placed.identity_id,
        coalesce(owners.profile_count, 0) = 0 as is_new,
        first_rows.first_row_order,
        case
            when owners.profile_count > 1
                then coalesce(
placed."profile 1", placed."profile 2", owners.oldest_profile_id
                )
            when owners.profile_count = 1 then owners.oldest_profile_id
            else cast(
    substr(md5(first_rows.first_identifier), 1, 12) || '8' || substr(md5(first_rows.first_identifier), 14, 3)
    || '8' || substr(md5(first_rows.first_identifier), 18) as uuid
)
        end as profile_id
    from placed
    inner join first_rows
        on placed.component = first_rows.component
    left join owners
        on placed.component = owners.component

)

select * from final
