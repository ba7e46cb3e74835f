-- runner/sql/import/changed_profiles.sql, for connections/shop.yml:5
with

applied as not materialized (

    select *
    from "shop.orders.applied_rows"
    where coalesce(hash(profile_id) % getvariable('slices') = getvariable('slice'), true)

),

folded as (

    select
        profile_id,
        arg_max("value city", row_order) as "value city",
        arg_max("value income", row_order) as "value income",
        arg_min("value first_order_at", row_order) as "value first_order_at",
        arg_min("value customer_id", row_order) as "value customer_id",
        arg_min("value email", row_order) as "value email",
        min(origin) as first_origin,
        max(origin) as last_origin
    from applied
    group by profile_id

),

summed as (

    select
        profile_id,
        sum(amounts[1])
            filter (where sources = 'order_lines') as "value spent",
        sum(amounts[2])
            filter (where sources = 'order_lines') as "value lines"
    from "shop.orders.new_sums"
    where coalesce(hash(profile_id) % getvariable('slices') = getvariable('slice'), true)
    group by profile_id

),

files as (

    select
        file_id,
        modified_at
    from runner.files
    where goal = 'shop.orders'

),

final as (

    select
        folded.profile_id as profile_id,
        earlier.* exclude (
            profile_id,
            created_at,
            updated_at,
            "city",
            "income",
            "areas",
            "spent",
            "lines",
            "first_order_at",
            "customer_id",
            "email"
        ),
coalesce(folded."value city", earlier."city")
            as "city",
coalesce(folded."value income", earlier."income")
            as "income",
case
            when "added areas".items is null then earlier."areas"
            else coalesce(earlier."areas", []) || list_filter(
                "added areas".items,
                lambda item: not list_contains(coalesce(earlier."areas", []), item)
            )
        end
            as "areas",
case
            when summed."value spent" is null then earlier."spent"
            else cast(coalesce(earlier."spent", 0) + summed."value spent" as decimal(18,2))
        end
            as "spent",
case
            when summed."value lines" is null then earlier."lines"
            else cast(coalesce(earlier."lines", 0) + summed."value lines" as bigint)
        end
            as "lines",
coalesce(earlier."first_order_at", folded."value first_order_at")
            as "first_order_at",
coalesce(earlier."customer_id", folded."value customer_id")
            as "customer_id",
coalesce(earlier."email", folded."value email")
            as "email",
        least(earlier.created_at, first_files.modified_at) as created_at,
        greatest(earlier.updated_at, last_files.modified_at) as updated_at
    from folded
    left join main.profiles as earlier
        on folded.profile_id = earlier.profile_id
    left join files as first_files
        on folded.first_origin // 4294967296 = first_files.file_id
    left join files as last_files
        on folded.last_origin // 4294967296 = last_files.file_id
    left join "shop.orders.added.areas" as "added areas"
        on folded.profile_id = "added areas".profile_id
    left join summed
        on folded.profile_id = summed.profile_id

)

select * from final
