delete from progress
where build_id not in (select build_id from builds where status = 'running')
