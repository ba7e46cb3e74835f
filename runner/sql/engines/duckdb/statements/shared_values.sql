with counted as (
    select
        identifier,
        value,
        count(*) as customer_count
    from runner.shared
    where $condition
    group by
        identifier,
        value
)

select
    counted.identifier,
    counted.value,
    counted.customer_count + if(known.value is null, 0, 1) as customers
from counted
left join runner.identifiers as known
    on counted.value = known.value
    and counted.identifier = known.identifier
order by
    customers desc,
    counted.identifier,
    counted.value
limit $most
