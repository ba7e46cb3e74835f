select *
from builds
where :target is null or target = :target
order by started_at desc, rowid desc
limit :limit
