-- One build runs at a time per target (B4): what still runs was killed.
update builds
set status = 'error'
where target = :target and status = 'running'
