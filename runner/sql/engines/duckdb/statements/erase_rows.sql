delete from $relation
where $condition
