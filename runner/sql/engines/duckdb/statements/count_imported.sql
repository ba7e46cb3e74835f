select
    connection,
    count(distinct profile_id) as profile_count
from (
$select
)
group by connection
order by connection
