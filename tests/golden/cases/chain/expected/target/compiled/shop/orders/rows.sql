-- runner/sql/import/rows.sql, for connections/shop.yml:5
with

joined as (

    select
        "order_lines".rowid as main_row,
        coalesce("order_lines".clean_origin, "order_lines".rowid + "order_lines".shift) as origin,
        "customers".rowid as "customers row",
        "customers".rowid is null
            and "order_lines"."order_lines.customer_id" is not null as "customers missing",
        "areas".rowid as "areas row",
        "areas".rowid is null
            and "customers"."customers.postal_code" is not null as "areas missing",
        "order_lines".line_hash as "line order_lines",
        coalesce("customers".line_hash, md5_number(to_json([null]))) as "line customers",
        coalesce("areas".line_hash, md5_number(to_json([null, null, null]))) as "line areas",
        "order_lines"."order_lines.amount",
        "order_lines"."order_lines.customer_id",
        "order_lines"."order_lines.ordered_at",
        "order_lines"."order_lines.status",
        "customers"."customers.email",
        "areas"."areas.area",
        "areas"."areas.city",
        "areas"."areas.income",
        cast("order_lines".rowid as hugeint) * 1099511627776 * 1099511627776
        + cast(coalesce("customers".rowid, -1) + 1 as hugeint) * 1099511627776
        + cast(coalesce("areas".rowid, -1) + 1 as hugeint)
 as row_order
    from "shop.orders.lines.order_lines" as "order_lines"
    left join "shop.orders.lines.customers" as "customers"
        on "order_lines"."order_lines.customer_id" = "customers"."customers.id"
    left join "shop.orders.lines.areas" as "areas"
        on "customers"."customers.postal_code" = "areas"."areas.postal_code"

),

hashed as (

    select
        *,
        md5_number(to_json([to_hex("line areas"), to_hex("line customers"), to_hex("line order_lines")])) as row_hash
    from joined

),

known as (

    select
        hashed.*,
        ledger.profile_id as known_profile_id,
        ledger.origin as known_origin,
        ledger.row_hash is null as is_kept
    from hashed
    left join runner.rows as ledger
        on hashed.row_hash = ledger.row_hash
        and ledger.goal = 'shop.orders'

),

step_1 as (

    select * replace (
        is_kept and case when is_kept then coalesce(
            not (
                "order_lines.status" = 'test' -- connections/shop.yml:15
            ), true
        ) end as is_kept
    )
    from known

),

step_2 as (

    select
        *,
        case when is_kept then
            nullif(lower(trim("customers.email")), '') -- connections/shop.yml:16
        end as "email"
    from step_1

),

texts as (

    select
        *,
        case when is_kept then
            "email" -- connections/shop.yml:18
        end as "text 1 email",
        case when is_kept then
            "order_lines.customer_id" -- connections/shop.yml:18
        end as "text 2 customer_id",
        case when is_kept then
            "areas.city" -- connections/shop.yml:20
        end as "text city",
        case when is_kept then
            "areas.income" -- connections/shop.yml:21
        end as "text income",
        case when is_kept then
            "areas.area" -- connections/shop.yml:22
        end as "text areas",
        case when is_kept then
            "order_lines.amount" -- connections/shop.yml:23
        end as "text spent",
        case when is_kept then
            1 -- connections/shop.yml:24
        end as "text lines",
        case when is_kept then
            "order_lines.ordered_at" -- connections/shop.yml:25
        end as "text first_order_at",
        case when is_kept then
            "order_lines.customer_id" -- connections/shop.yml:18
        end as "text customer_id",
        case when is_kept then
            "email" -- connections/shop.yml:18
        end as "text email"
    from step_2

),

parsed as (

    select
        *,
        nullif(cast(cast("text 1 email" as varchar) as varchar), '') as "key 1",
        nullif(cast(cast("text 2 customer_id" as varchar) as varchar), '') as "key 2",
        cast("text city" as varchar) as "value city",
        case
    when regexp_full_match("text income", '[-+]?(([0-9]+)([,][0-9]*)?|[,][0-9]+)([eE][-+]?[0-9]+)?')
        then try_cast(replace("text income", ',', '.') as decimal(18,2))
end as "value income",
        case
    when trim(replace(cast("text areas" as varchar), '|', '')) != ''
        then cast("text areas" as varchar)
end as "value areas",
        case
    when regexp_full_match("text spent", '[-+]?(([0-9]+)([.][0-9]*)?|[.][0-9]+)([eE][-+]?[0-9]+)?')
        then try_cast("text spent" as decimal(18,2))
end as "value spent",
        case
    when typeof("text lines") = 'VARCHAR'
        then case
    when regexp_full_match(cast("text lines" as varchar), '[-+]?([0-9]+)([.]0*)?')
        then try_cast(cast("text lines" as varchar) as bigint)
end
    else try_cast("text lines" as bigint)
end as "value lines",
        coalesce(
    cast(
        (coalesce(nullif(greatest(try_strptime("text first_order_at", '%Y-%m-%d %H:%M:%S'), timestamp '0999-12-31'), timestamp '0999-12-31'), nullif(greatest(try_strptime("text first_order_at", '%Y-%m-%dT%H:%M:%S'), timestamp '0999-12-31'), timestamp '0999-12-31'), nullif(greatest(try_strptime("text first_order_at", '%Y-%m-%d'), timestamp '0999-12-31'), timestamp '0999-12-31')) at time zone 'Europe/Amsterdam')
        at time zone 'UTC' as timestamp
    )
) as "value first_order_at",
        cast("text customer_id" as varchar) as "value customer_id",
        cast("text email" as varchar) as "value email"
    from texts

),

final as (

    select
        main_row,
        origin,
        row_order,
        row_hash,
        known_profile_id,
        known_origin,
        is_kept,
        "customers row",
        "customers missing",
        "areas row",
        "areas missing",
        "line order_lines" as "line 1",
        "key 1",
        "key 2",
        "value city",
        case when "value income" is null then cast("text income" as varchar) end as "rejected income",
        "value income",
        "value areas",
        case when "value spent" is null then cast("text spent" as varchar) end as "rejected spent",
        "value spent",
        case when "value lines" is null then cast("text lines" as varchar) end as "rejected lines",
        "value lines",
        case when "value first_order_at" is null then cast("text first_order_at" as varchar) end as "rejected first_order_at",
        "value first_order_at",
        "value customer_id",
        "value email"
    from parsed

)

select * from final
