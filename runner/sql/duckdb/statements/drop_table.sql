drop table $relation
