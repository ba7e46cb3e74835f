select
    split_part(rows.goal, '.', 1) as connection,
    rows.profile_id
from ${database}runner.rows as rows
where
    $condition
    and rows.goal in (
        select members.goal
        from ${database}runner.rows as members
        semi join ${database}main.profiles as profiles
            on members.profile_id = profiles.profile_id
    )
