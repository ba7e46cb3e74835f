-- runner/sql/import/join/rows.sql, for connections/shop.yml:5
with

"lines_of_order_lines" as (

    select
        lines.rowid as row_id,
        coalesce(lines.clean_origin, lines.rowid + lines.shift) as origin,
        lines.*
    from "shop.orders.lines.order_lines" as lines

),

"lines_of_customers" as (

    select
        lines.rowid as row_id,
        lines.*
    from "shop.orders.lines.customers" as lines

),

"lines_of_areas" as (

    select
        lines.rowid as row_id,
        lines.*
    from "shop.orders.lines.areas" as lines

),

joined as (

    select
        "order_lines".row_id as main_row,
        "order_lines".origin,
        "customers".row_id as "row_of_customers",
        case
            when
                "customers".row_id is null
                and case
            when strlen("order_lines.customer_id") = length("order_lines.customer_id") then "order_lines.customer_id"
            else nfc_normalize("order_lines.customer_id")
        end is not null
                then md5_number(to_json([case
            when strlen("order_lines.customer_id") = length("order_lines.customer_id") then "order_lines.customer_id"
            else nfc_normalize("order_lines.customer_id")
        end]))
        end as "missing_of_customers",
        "areas".row_id as "row_of_areas",
        case
            when
                "areas".row_id is null
                and case
            when strlen("customers.postal_code") = length("customers.postal_code") then "customers.postal_code"
            else nfc_normalize("customers.postal_code")
        end is not null
                then md5_number(to_json([case
            when strlen("customers.postal_code") = length("customers.postal_code") then "customers.postal_code"
            else nfc_normalize("customers.postal_code")
        end]))
        end as "missing_of_areas",
        "order_lines".line_hash as "line_of_order_lines",
        coalesce(
            "customers".line_hash,
            md5_number(to_json([null]))
        ) as "line_of_customers",
        coalesce(
            "areas".line_hash,
            md5_number(to_json([null, null, null]))
        ) as "line_of_areas",
        "order_lines"."order_lines.amount",
        "order_lines"."order_lines.customer_id",
        "order_lines"."order_lines.ordered_at",
        "order_lines"."order_lines.status",
        "customers"."customers.email",
        "areas"."areas.area",
        "areas"."areas.city",
        "areas"."areas.income",
        cast("order_lines".row_id as hugeint) * 1099511627776 * 1099511627776
        + cast(coalesce("customers".row_id, -1) + 1 as hugeint) * 1099511627776
        + cast(coalesce("areas".row_id, -1) + 1 as hugeint)
 as row_order
    from "lines_of_order_lines" as "order_lines"
    left join "lines_of_customers" as "customers"
        on case
            when strlen("order_lines.customer_id") = length("order_lines.customer_id") then "order_lines.customer_id"
            else nfc_normalize("order_lines.customer_id")
        end
            = case
            when strlen("customers.id") = length("customers.id") then "customers.id"
            else nfc_normalize("customers.id")
        end
    left join "lines_of_areas" as "areas"
        on case
            when strlen("customers.postal_code") = length("customers.postal_code") then "customers.postal_code"
            else nfc_normalize("customers.postal_code")
        end
            = case
            when strlen("areas.postal_code") = length("areas.postal_code") then "areas.postal_code"
            else nfc_normalize("areas.postal_code")
        end

),

keyed as (

    select
        *,
        "line_of_order_lines" as key_hash
    from joined

),

hashed as (

    select
        *,
        "line_of_order_lines"
            as line_1,
        xor(xor(coalesce("line_of_areas", 0), coalesce("line_of_customers" >> 1,
            1)), coalesce("line_of_order_lines" >> 2,
            2)) as row_hash
    from keyed

),

known as (

    select
        hashed.*,
        cast(null as uuid) as known_profile_id,
        cast(null as bigint) as known_origin,
        true as is_kept
    from hashed

),

step_1 as (

    select known.* replace (
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
        step_1.*,
        case when is_kept then
            nullif(lower(trim("customers.email")), '') -- connections/shop.yml:16
        end
            as "email"
    from step_1

),

texts as (

    select
        *,
        case when is_kept then
            "email" -- connections/shop.yml:18
        end
            as "key_1_text_email",
        case when is_kept then
            "order_lines.customer_id" -- connections/shop.yml:18
        end
            as "key_2_text_customer_id",
        case when is_kept then
            "order_lines.customer_id" -- connections/shop.yml:18
        end
            as "text_customer_id",
        case when is_kept then
            "email" -- connections/shop.yml:18
        end
            as "text_email"
    from step_2

),

compared as (

    select texts.* replace (
            case
    when cast("key_1_text_email" as string) > '!'
and not ends_with(cast("key_1_text_email" as string), ' ')
and not ends_with(cast("key_1_text_email" as string), e'\t')
and not ends_with(cast("key_1_text_email" as string), e'\n')
and not ends_with(cast("key_1_text_email" as string), e'\r')
and not ends_with(cast("key_1_text_email" as string), e'\f')
and not ends_with(cast("key_1_text_email" as string), e'\x0b')
and strlen(cast("key_1_text_email" as string)) = length(cast("key_1_text_email" as string))
        then cast("key_1_text_email" as string)
    else nfc_normalize(trim(regexp_replace(regexp_replace(cast("key_1_text_email" as string), '[\x{ad}\x{34f}\x{61c}\x{115f}\x{1160}\x{17b4}\x{17b5}\x{180b}-\x{180f}\x{200b}-\x{200f}\x{202a}-\x{202e}\x{2060}-\x{206f}\x{3164}\x{fe00}-\x{fe0f}\x{feff}\x{ffa0}\x{fff0}-\x{fff8}\x{e0000}-\x{e0fff}]+', '', 'g'), '[\x{85}\pZ]', ' ', 'g'), e' \t\n\r\f\x0b'))
end as "key_1_text_email",
            case
    when cast("key_2_text_customer_id" as string) > '!'
and not ends_with(cast("key_2_text_customer_id" as string), ' ')
and not ends_with(cast("key_2_text_customer_id" as string), e'\t')
and not ends_with(cast("key_2_text_customer_id" as string), e'\n')
and not ends_with(cast("key_2_text_customer_id" as string), e'\r')
and not ends_with(cast("key_2_text_customer_id" as string), e'\f')
and not ends_with(cast("key_2_text_customer_id" as string), e'\x0b')
and strlen(cast("key_2_text_customer_id" as string)) = length(cast("key_2_text_customer_id" as string))
        then cast("key_2_text_customer_id" as string)
    else nfc_normalize(trim(regexp_replace(regexp_replace(cast("key_2_text_customer_id" as string), '[\x{ad}\x{34f}\x{61c}\x{115f}\x{1160}\x{17b4}\x{17b5}\x{180b}-\x{180f}\x{200b}-\x{200f}\x{202a}-\x{202e}\x{2060}-\x{206f}\x{3164}\x{fe00}-\x{fe0f}\x{feff}\x{ffa0}\x{fff0}-\x{fff8}\x{e0000}-\x{e0fff}]+', '', 'g'), '[\x{85}\pZ]', ' ', 'g'), e' \t\n\r\f\x0b'))
end as "key_2_text_customer_id",
            case
    when cast("text_customer_id" as string) > '!'
and not ends_with(cast("text_customer_id" as string), ' ')
and not ends_with(cast("text_customer_id" as string), e'\t')
and not ends_with(cast("text_customer_id" as string), e'\n')
and not ends_with(cast("text_customer_id" as string), e'\r')
and not ends_with(cast("text_customer_id" as string), e'\f')
and not ends_with(cast("text_customer_id" as string), e'\x0b')
and strlen(cast("text_customer_id" as string)) = length(cast("text_customer_id" as string))
        then cast("text_customer_id" as string)
    else nfc_normalize(trim(regexp_replace(regexp_replace(cast("text_customer_id" as string), '[\x{ad}\x{34f}\x{61c}\x{115f}\x{1160}\x{17b4}\x{17b5}\x{180b}-\x{180f}\x{200b}-\x{200f}\x{202a}-\x{202e}\x{2060}-\x{206f}\x{3164}\x{fe00}-\x{fe0f}\x{feff}\x{ffa0}\x{fff0}-\x{fff8}\x{e0000}-\x{e0fff}]+', '', 'g'), '[\x{85}\pZ]', ' ', 'g'), e' \t\n\r\f\x0b'))
end as "text_customer_id",
            case
    when cast("text_email" as string) > '!'
and not ends_with(cast("text_email" as string), ' ')
and not ends_with(cast("text_email" as string), e'\t')
and not ends_with(cast("text_email" as string), e'\n')
and not ends_with(cast("text_email" as string), e'\r')
and not ends_with(cast("text_email" as string), e'\f')
and not ends_with(cast("text_email" as string), e'\x0b')
and strlen(cast("text_email" as string)) = length(cast("text_email" as string))
        then cast("text_email" as string)
    else nfc_normalize(trim(regexp_replace(regexp_replace(cast("text_email" as string), '[\x{ad}\x{34f}\x{61c}\x{115f}\x{1160}\x{17b4}\x{17b5}\x{180b}-\x{180f}\x{200b}-\x{200f}\x{202a}-\x{202e}\x{2060}-\x{206f}\x{3164}\x{fe00}-\x{fe0f}\x{feff}\x{ffa0}\x{fff0}-\x{fff8}\x{e0000}-\x{e0fff}]+', '', 'g'), '[\x{85}\pZ]', ' ', 'g'), e' \t\n\r\f\x0b'))
end as "text_email"
        )
    from texts

),

parsed as (

    select
        *,
        case
    when
        length("key_1_text_email") >= 1
        and case
    when
        (starts_with("key_1_text_email", '#') or starts_with("key_1_text_email", 'Err:'))
        and regexp_full_match("key_1_text_email", '(?i)#+|#\S*[!?]|#\S/\S|#(?:NV|YOK|GETTING_DATA)|#(?:DIV/0|REF|VALUE|NAME|NUM|NULL)|Err:[0-9]{3}')
        then 'spreadsheet error'
    when
        "key_1_text_email" < ':'
        and regexp_full_match("key_1_text_email", '[-+]?(?:(?:[0-9]|[0-9]+[.,][0-9]*)[eE][-+]?[0-9]{1,3}|[0-9]+[eE][-+][0-9]{1,3})')
        then 'number in exponent form'
end is null
        then "key_1_text_email"
end as key_1,
        case
    when
        length("key_2_text_customer_id") >= 1
        and case
    when
        (starts_with("key_2_text_customer_id", '#') or starts_with("key_2_text_customer_id", 'Err:'))
        and regexp_full_match("key_2_text_customer_id", '(?i)#+|#\S*[!?]|#\S/\S|#(?:NV|YOK|GETTING_DATA)|#(?:DIV/0|REF|VALUE|NAME|NUM|NULL)|Err:[0-9]{3}')
        then 'spreadsheet error'
    when
        "key_2_text_customer_id" < ':'
        and regexp_full_match("key_2_text_customer_id", '[-+]?(?:(?:[0-9]|[0-9]+[.,][0-9]*)[eE][-+]?[0-9]{1,3}|[0-9]+[eE][-+][0-9]{1,3})')
        then 'number in exponent form'
end is null
        then "key_2_text_customer_id"
end as key_2,
        nullif(case
    when case
    when
        (starts_with("text_customer_id", '#') or starts_with("text_customer_id", 'Err:'))
        and regexp_full_match("text_customer_id", '(?i)#+|#\S*[!?]|#\S/\S|#(?:NV|YOK|GETTING_DATA)|#(?:DIV/0|REF|VALUE|NAME|NUM|NULL)|Err:[0-9]{3}')
        then 'spreadsheet error'
    when
        "text_customer_id" < ':'
        and regexp_full_match("text_customer_id", '[-+]?(?:(?:[0-9]|[0-9]+[.,][0-9]*)[eE][-+]?[0-9]{1,3}|[0-9]+[eE][-+][0-9]{1,3})')
        then 'number in exponent form'
end is null
        then "text_customer_id"
end, '')
            as "value_customer_id",
        nullif(case
    when case
    when
        (starts_with("text_email", '#') or starts_with("text_email", 'Err:'))
        and regexp_full_match("text_email", '(?i)#+|#\S*[!?]|#\S/\S|#(?:NV|YOK|GETTING_DATA)|#(?:DIV/0|REF|VALUE|NAME|NUM|NULL)|Err:[0-9]{3}')
        then 'spreadsheet error'
    when
        "text_email" < ':'
        and regexp_full_match("text_email", '[-+]?(?:(?:[0-9]|[0-9]+[.,][0-9]*)[eE][-+]?[0-9]{1,3}|[0-9]+[eE][-+][0-9]{1,3})')
        then 'number in exponent form'
end is null
        then "text_email"
end, '')
            as "value_email"
    from compared

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
        key_hash,
        "row_of_customers",
        "missing_of_customers",
        "row_of_areas",
        "missing_of_areas",
        line_1,
        key_1,
        key_2,
        case when case
    when
        (starts_with("text_customer_id", '#') or starts_with("text_customer_id", 'Err:'))
        and regexp_full_match("text_customer_id", '(?i)#+|#\S*[!?]|#\S/\S|#(?:NV|YOK|GETTING_DATA)|#(?:DIV/0|REF|VALUE|NAME|NUM|NULL)|Err:[0-9]{3}')
        then 'spreadsheet error'
    when
        "text_customer_id" < ':'
        and regexp_full_match("text_customer_id", '[-+]?(?:(?:[0-9]|[0-9]+[.,][0-9]*)[eE][-+]?[0-9]{1,3}|[0-9]+[eE][-+][0-9]{1,3})')
        then 'number in exponent form'
end is not null then "text_customer_id" end as "rejected_customer_id",
        "value_customer_id",
        case when case
    when
        (starts_with("text_email", '#') or starts_with("text_email", 'Err:'))
        and regexp_full_match("text_email", '(?i)#+|#\S*[!?]|#\S/\S|#(?:NV|YOK|GETTING_DATA)|#(?:DIV/0|REF|VALUE|NAME|NUM|NULL)|Err:[0-9]{3}')
        then 'spreadsheet error'
    when
        "text_email" < ':'
        and regexp_full_match("text_email", '[-+]?(?:(?:[0-9]|[0-9]+[.,][0-9]*)[eE][-+]?[0-9]{1,3}|[0-9]+[eE][-+][0-9]{1,3})')
        then 'number in exponent form'
end is not null then "text_email" end as "rejected_email",
        "value_email"

    from parsed

)

select * from final
