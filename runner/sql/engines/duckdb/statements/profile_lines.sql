select
    files.sha256,
    rows_read.origin % 4294967296 as line
from runner.rows as rows_read
inner join runner.files as files
    on rows_read.origin // 4294967296 = files.file_id
where
    rows_read.profile_id in (
        select profile_id
        from forgotten
    )
union
select
    files.sha256,
    sums.origin % 4294967296 as line
from runner.sums as sums
inner join runner.files as files
    on sums.origin // 4294967296 = files.file_id
where
    sums.profile_id in (
        select profile_id
        from forgotten
    )
