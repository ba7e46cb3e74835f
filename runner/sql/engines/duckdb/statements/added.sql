select 1 from runner.additions where goal = $goal limit 1
