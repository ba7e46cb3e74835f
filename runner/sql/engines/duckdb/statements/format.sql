select max(version) from runner.format
