drop table if exists $relation
