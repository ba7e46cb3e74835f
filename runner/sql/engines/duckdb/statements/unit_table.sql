create or replace temporary table $relation as
select $columns from $like limit 0
