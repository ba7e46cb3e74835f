delete from runner.consent as earlier using $fresh as fresh
where
    earlier.goal = fresh.goal
    and earlier.profile_id = fresh.profile_id
    and earlier.objective = fresh.objective;
insert into runner.consent by name
select * from $fresh
