describe
$select
