delete from runner.returning where $condition
