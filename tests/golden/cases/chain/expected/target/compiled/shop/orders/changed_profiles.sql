-- runner/sql/import/fold/changed_profiles.sql, for connections/shop.yml:5
with

held as (

    select * from main.profiles

),

retracted as (

    select * from "shop.orders.retracted_additions"

),

retractions as (

    select
        profile_id,
        max(origin) as origin
    from "shop.orders.new_retractions"
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

"added_areas" as (

    select
        profile_id,
        items
    from "shop.orders.added_values.areas"

),

summed as (

    select
        totals.profile_id,
        earlier."value_spent" as "earlier_spent",
        totals."value_spent" as "later_spent",
        earlier."value_lines" as "earlier_lines",
        totals."value_lines" as "later_lines"
    from "shop.orders.sum_totals" as totals
    inner join "shop.orders.earlier_totals" as earlier
        on totals.profile_id = earlier.profile_id
    where coalesce(hash(totals.profile_id) % getvariable('slices') = getvariable('slice'), true)

),

not_retracted as not materialized (

    select held.*
    from held
    anti join retracted
        on held.profile_id = retracted.profile_id

),

earlier as (

    select * from retracted
    union all by name
    select * from not_retracted

),

applied as not materialized (

    select *
    from (
        select
        applied.*
    from "shop.orders.applied_rows" as applied
    ) as valued
    where coalesce(hash(profile_id) % getvariable('slices') = getvariable('slice'), true)

),

folded_rows as (

    select
        profile_id,
        arg_min("value_first_order_at", row_order) as "value_first_order_at",
        arg_min("value_customer_id", row_order) as "value_customer_id",
        arg_min("value_email", row_order) as "value_email",
        min(origin) as first_origin,
        max(origin) as last_origin
    from applied
    group by profile_id

),

lines_1 as (

    select
        profile_id,
        "row_of_areas",
        min(row_order) as first_order,
        max(row_order) as last_order
    from applied
    group by
        profile_id,
        "row_of_areas"

),

folded_1 as (

    select
        arg_max("value_city", last_order) as "value_city",
        arg_max("value_income", last_order) as "value_income",
        lines.profile_id
    from lines_1 as lines
    inner join "shop.orders.values.1" as given
        on lines."row_of_areas"
            is not distinct from given."row_of_areas"
    group by lines.profile_id

),

folded as (

    select
        folded_rows.*,
        folded_1.* exclude (
            profile_id
        )
    from folded_rows
    left join folded_1
        on folded_rows.profile_id = folded_1.profile_id
),

losing as (

    select profile_id from summed
    union
    select profile_id as profile_id
    from retracted
    where coalesce(hash(profile_id) % getvariable('slices') = getvariable('slice'), true)

),

only_losing as (

    select losing.profile_id
    from losing
    semi join earlier
        on losing.profile_id = earlier.profile_id
    anti join folded
        on losing.profile_id = folded.profile_id

),

changed as (

    select * from folded
    union all by name
    select * from only_losing

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
            else coalesce(earlier."areas", []) || case
            when
                len("added_areas".items) * len(coalesce(earlier."areas", [])) > 10000
                and not list_has_any("added_areas".items, coalesce(earlier."areas", []))
                then "added_areas".items
            else list_filter(
                "added_areas".items,
                lambda item: not coalesce(
                    list_contains(coalesce(earlier."areas", []), item), false
                )
            )
        end
        end
            as "areas",
        case
            when summed."earlier_spent" is not distinct from summed."later_spent"
                then earlier."spent"
            when summed."later_spent" is null
                then cast(
                    nullif(earlier."spent" - cast(summed."earlier_spent" as decimal(18,2)), 0)
                    as decimal(18,2)
                )
            else cast(
                coalesce(earlier."spent" - cast(summed."earlier_spent" as decimal(18,2)), earlier."spent", 0)
                + cast(summed."later_spent" as decimal(18,2))
                as decimal(18,2)
            )
        end
            as "spent",
        case
            when summed."earlier_lines" is not distinct from summed."later_lines"
                then earlier."lines"
            when summed."later_lines" is null
                then cast(
                    nullif(earlier."lines" - cast(summed."earlier_lines" as bigint), 0)
                    as bigint
                )
            else cast(
                coalesce(earlier."lines" - cast(summed."earlier_lines" as bigint), earlier."lines", 0)
                + cast(summed."later_lines" as bigint)
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
        greatest(
            earlier.updated_at,
            last_files.modified_at, retracting_files.modified_at
        ) as updated_at
    from changed as folded
    left join earlier
        on folded.profile_id = earlier.profile_id
    left join files as first_files
        on folded.first_origin // 4294967296 = first_files.file_id
    left join files as last_files
        on folded.last_origin // 4294967296 = last_files.file_id
    left join retractions
        on folded.profile_id = retractions.profile_id
    left join files as retracting_files
        on retractions.origin // 4294967296 = retracting_files.file_id
    left join "added_areas"
        on folded.profile_id = "added_areas".profile_id
    left join summed
        on folded.profile_id = summed.profile_id

)

select * from final
