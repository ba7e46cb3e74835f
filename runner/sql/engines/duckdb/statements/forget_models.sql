delete from runner.models where model in ($models)
