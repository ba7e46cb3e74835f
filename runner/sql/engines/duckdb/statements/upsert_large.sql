create temp table upserted as
select kept.*
from $relation as kept
anti join $changed as changed
    on kept.$key = changed.$key;
truncate $relation;
insert into $relation by name
select * from upserted
union all by name
select * from $changed;
drop table upserted;
