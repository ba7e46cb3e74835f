insert into runner.imported
select *
from (
$select
)
except
select *
from runner.imported
