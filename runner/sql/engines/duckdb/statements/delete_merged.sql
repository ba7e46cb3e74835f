delete from $relation
where $key in (select alias_id from $merged)
