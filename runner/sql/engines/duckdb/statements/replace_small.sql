delete from $relation
where $key in (select $key from $changed);
insert into $relation by name
select fresh.* $left_out
from $fresh as fresh
semi join $changed as changed
    on fresh.$key = changed.$key;
