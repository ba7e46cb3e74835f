select build_id from runner.published
