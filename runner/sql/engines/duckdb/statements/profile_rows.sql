select
    rows_read.goal,
    files.path,
    rows_read.origin % 4294967296 as line,
    files.build_id
from runner.rows as rows_read
left join runner.files as files
    on rows_read.origin // 4294967296 = files.file_id
where rows_read.profile_id = $profile_id
order by rows_read.origin
