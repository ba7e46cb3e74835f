select *
from builds
order by started_at desc, rowid desc
limit :limit
