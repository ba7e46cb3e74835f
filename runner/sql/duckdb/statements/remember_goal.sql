delete from runner.goals where goal = $goal;
insert into runner.goals values ($goal, $fingerprint);
