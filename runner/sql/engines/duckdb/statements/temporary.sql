create or replace temp table $relation as
$select
