truncate $relation;
insert into $relation by name
$select
