drop view $relation
