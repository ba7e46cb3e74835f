delete from runner.goals where goal = $goal;
insert into runner.goals (goal, fingerprint, parts) values ($goal, $fingerprint, $parts);
