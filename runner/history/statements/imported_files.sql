select files.*
from files
inner join builds on files.build_id = builds.build_id
where builds.target = :target and builds.published = 1
order by builds.started_at, files.file_id
