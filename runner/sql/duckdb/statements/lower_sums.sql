delete from runner.sums as earlier using $lowered as lowered
where
    earlier.goal = lowered.goal
    and earlier.sources = lowered.sources
    and earlier.line_hash = lowered.line_hash
    and earlier.profile_id = lowered.profile_id;
insert into runner.sums by name
select * from $lowered
