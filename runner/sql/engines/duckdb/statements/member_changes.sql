select
    count(earlier.profile_id) as earlier_count,
    count(*) filter (where earlier.profile_id is null) as come,
    count(*) filter (where members.profile_id is null) as gone
from $members as members
full join read_parquet($path) as earlier
    on members.profile_id = earlier.profile_id
