insert into runner.sums by name
select * from $relation
