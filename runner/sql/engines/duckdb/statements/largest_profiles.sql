with counted as (
    select
        profile_id,
        count(*) as value_count
    from runner.identifiers
    where $condition
    group by profile_id
    order by
        value_count desc,
        profile_id
    limit $most
),

alias_counts as (
    select
        profile_id,
        count(*) as alias_count
    from runner.aliases
    where relation = $relation
    group by profile_id
)

select
    cast(counted.profile_id as varchar) as profile_id,
    counted.value_count,
    coalesce(any_value(alias_counts.alias_count), 0) as alias_count,
    known.identifier,
    count(*) as held,
    list_sort(list(known.value))[:$shown] as some
from counted
inner join runner.identifiers as known
    on counted.profile_id = known.profile_id
left join alias_counts
    on counted.profile_id = alias_counts.profile_id
where $known_condition
group by
    counted.profile_id,
    counted.value_count,
    known.identifier
order by
    counted.value_count desc,
    counted.profile_id,
    held desc,
    known.identifier
