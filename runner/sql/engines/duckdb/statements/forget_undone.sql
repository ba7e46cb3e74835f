delete from runner.undone
