select build_id
from builds
where target = :target and (command like '% --full-refresh' or command like 'runner undo %')
