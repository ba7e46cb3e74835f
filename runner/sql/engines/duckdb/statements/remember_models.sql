delete from runner.models where model in ($models);
insert into runner.models values $entries
