-- runner/sql/import/fold/changed_profiles.sql, for connections/shop.yml:5
with

applied as not materialized (

    select *
    from "shop.orders.applied_rows"
    where coalesce(hash(profile_id) % getvariable('slices') = getvariable('slice'), true)

),

earlier as (

    select * from main.profiles

),

files as (

    select
        file_id,
        modified_at
    from runner.files
    where goal = 'shop.orders'

),

"added_areas" as (

    select
        profile_id,
        items
    from "shop.orders.added_values.areas"

),

new_sums as (

    select
        profile_id,
        sources,
        amounts
    from "shop.orders.new_sums"
    where coalesce(hash(profile_id) % getvariable('slices') = getvariable('slice'), true)

),

summed as (

    select
        profile_id,
        sum(amounts[1]) filter (
            where sources = 'order_lines'
        ) as "value_spent",
        sum(amounts[2]) filter (
            where sources = 'order_lines'
        ) as "value_lines"
    from new_sums
    group by profile_id

),

folded as (

    select
        profile_id,
        arg_max("value_city", row_order) as "value_city",
        arg_max("value_income", row_order) as "value_income",
        arg_min("value_first_order_at", row_order) as "value_first_order_at",
        arg_min("value_customer_id", row_order) as "value_customer_id",
        arg_min("value_email", row_order) as "value_email",
        min(origin) as first_origin,
        max(origin) as last_origin
    from applied
    group by profile_id

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
        coalesce(folded."value_city", earlier."city")
            as "city",
        coalesce(folded."value_income", earlier."income")
            as "income",
        case
            when "added_areas".items is null then earlier."areas"
            else coalesce(earlier."areas", []) || list_filter(
                "added_areas".items,
                lambda item: not list_contains(
                    coalesce(earlier."areas", []), item
                )
            )
        end
            as "areas",
        case
            when summed."value_spent" is null then earlier."spent"
            else cast(
                coalesce(earlier."spent", 0) + summed."value_spent"
                as decimal(18,2)
            )
        end
            as "spent",
        case
            when summed."value_lines" is null then earlier."lines"
            else cast(
                coalesce(earlier."lines", 0) + summed."value_lines"
                as bigint
            )
        end
            as "lines",
        coalesce(earlier."first_order_at", folded."value_first_order_at")
            as "first_order_at",
        coalesce(earlier."customer_id", folded."value_customer_id")
            as "customer_id",
        coalesce(earlier."email", folded."value_email")
            as "email",
        least(earlier.created_at, first_files.modified_at) as created_at,
        greatest(earlier.updated_at, last_files.modified_at) as updated_at
    from folded
    left join earlier
        on folded.profile_id = earlier.profile_id
    left join files as first_files
        on folded.first_origin // 4294967296 = first_files.file_id
    left join files as last_files
        on folded.last_origin // 4294967296 = last_files.file_id
    left join "added_areas"
        on folded.profile_id = "added_areas".profile_id
    left join summed
        on folded.profile_id = summed.profile_id

)

select * from final
