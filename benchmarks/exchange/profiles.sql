insert into main.profiles by name
select
    cast(md5(cast(numbers.n as varchar)) as uuid) as profile_id,
    cast('2026-01-01' as timestamp) as created_at,
    cast('2026-01-01' as timestamp) as updated_at
from range(cast(getvariable('profiles') as bigint)) as numbers (n)
