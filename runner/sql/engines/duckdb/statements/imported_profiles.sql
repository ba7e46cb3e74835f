select
    split_part(rows.goal, '.', 1) as connection,
    rows.profile_id
from ${database}runner.rows as rows
where
    $condition
    and rows.goal in (
        select samples.goal
        from (
            select
                goal,
                unnest([min(profile_id), any_value(profile_id), max(profile_id)])
                    as profile_id
            from ${database}runner.rows
            group by goal
        ) as samples
        semi join ${database}main.profiles as profiles
            on samples.profile_id = profiles.profile_id
    )
