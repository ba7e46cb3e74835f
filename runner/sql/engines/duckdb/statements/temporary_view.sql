create or replace temp view $relation as
$select
