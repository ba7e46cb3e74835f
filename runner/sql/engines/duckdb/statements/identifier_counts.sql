with per_profile as (
    select
        identifier,
        profile_id,
        count(*) as value_count
    from runner.identifiers
    where $condition
    group by
        identifier,
        profile_id
)

select
    identifier,
    cast(sum(value_count) as bigint) as value_count,
    count(*) as profile_count,
    max(value_count) as most
from per_profile
group by identifier
order by identifier
