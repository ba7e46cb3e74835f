delete from runner.imported
where (connection, profile_id) in (
$select
)
