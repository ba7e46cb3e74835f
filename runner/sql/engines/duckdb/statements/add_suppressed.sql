insert into runner.suppressed values $entries
