create or replace temp view $relation as
select cast(null as uuid) as $key
where false
