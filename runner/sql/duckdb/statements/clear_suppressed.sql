delete from runner.suppressed
