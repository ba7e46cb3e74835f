insert into runner.rows by name
select
    'webshop.orders' as goal,
    md5_number(cast(numbers.n as varchar)) as row_hash,
    numbers.n as origin,
    cast(
        md5(cast(numbers.n % getvariable('profiles') as varchar)) as uuid
    ) as profile_id
from range(cast(getvariable('rows') as bigint)) as numbers (n)
