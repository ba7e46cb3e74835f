create or replace temp table $before as
select * from $relation
where $condition
