select count(*) from (
$select
)
