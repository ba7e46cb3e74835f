select min($key)
from (
$select
)
where contains($column, $value)
