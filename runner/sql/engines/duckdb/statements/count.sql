select count(*) from $relation
