create or replace temp table incoming as
$select;
