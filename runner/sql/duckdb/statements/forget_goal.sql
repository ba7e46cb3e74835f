delete from runner.rows where goal = $goal;
delete from runner.sums where goal = $goal;
delete from runner.additions where goal = $goal;
delete from runner.keys where goal = $goal;
delete from runner.events where goal = $goal;
delete from runner.consent where goal = $goal;
delete from runner.product_feed where goal = $goal;
delete from runner.conflicts where goal = $goal;
