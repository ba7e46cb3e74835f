insert into runner.shared
select
    identifier,
    value,
    unnest(customers) as customer
from $shared
