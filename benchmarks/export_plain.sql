copy (
    select
        profile_id,
        email,
        first_name,
        city,
        country,
        born,
        seen_at,
        spent,
        score,
        orders
    from main.profiles
) to '$path' (format csv, delimiter ';')
