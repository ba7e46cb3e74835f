-- Grain: one row: profiles that only one of both has, or has otherwise.
with by_hand as (

    select
        * exclude (interests, brands, coupons),
        nullif(interests, []) as interests,
        nullif(brands, []) as brands,
        nullif(coupons, []) as coupons
    from profiles

),

built as (

    select
        profile_id,
        customer_id,
        email,
        first_name,
        last_name,
        phone,
        birth_date,
        newsletter,
        city,
        province,
        area_income,
        items_bought,
        total_spend,
        last_order_at,
        source,
        nullif(interests, []) as interests,
        nullif(brands, []) as brands,
        nullif(coupons, []) as coupons
    from warehouse.main.profiles

),

only_by_hand as (

    select * from by_hand
    except
    select * from built

),

only_built as (

    select * from built
    except
    select * from by_hand

)

select
    (select count(*) from only_by_hand)
    + (select count(*) from only_built) as difference_count
