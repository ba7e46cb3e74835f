create temp table replaced as
select kept.*
from $relation as kept
anti join $changed as changed
    on kept.$key = changed.$key;
truncate $relation;
insert into $relation by name
select * from replaced
union all by name
select fresh.* $left_out
from $fresh as fresh
semi join $changed as changed
    on fresh.$key = changed.$key;
drop table replaced;
