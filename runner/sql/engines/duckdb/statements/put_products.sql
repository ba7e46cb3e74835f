delete from runner.product_feed
where
    goal = $goal
    and id in (select id from $fresh where "is changed");
insert into runner.product_feed by name
select fresh.* exclude ("first order", "is created", "is changed")
from $fresh as fresh
where fresh."is changed";
