select 1 from runner.sums where goal = $goal limit 1
