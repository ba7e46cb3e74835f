alter table $relation alter column $column type $type using try_cast($column as $type);
