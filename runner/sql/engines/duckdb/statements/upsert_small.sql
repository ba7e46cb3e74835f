delete from $relation
where $key in (select $key from $changed);
insert into $relation by name
select * from $changed;
