-- Grain: one line per profile that spent at least 2,500, by its id.
copy (
    select
        profile_id as id,
        email,
        last_name as name,
        strftime(birth_date, '%d-%m-%Y') as born,
        array_to_string(interests, '|') as interests,
        replace(
            rtrim(rtrim(cast(total_spend as varchar), '0'), '.'), '.', ','
        ) as spend
    from profiles
    where total_spend >= 2500
    order by profile_id
) to 'EXPORT' (header, delimiter ';');
