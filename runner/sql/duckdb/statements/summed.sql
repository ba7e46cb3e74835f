select distinct property from runner.sums where goal = $goal
