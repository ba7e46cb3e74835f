select distinct type from runner.events where goal = $goal
