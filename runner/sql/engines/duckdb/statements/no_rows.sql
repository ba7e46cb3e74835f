create or replace temp table $relation as
select * from $like
where false
