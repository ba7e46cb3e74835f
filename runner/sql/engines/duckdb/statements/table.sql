create or replace table $relation as
$select
