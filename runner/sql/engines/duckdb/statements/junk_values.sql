select
    junk.identifier,
    count(*) as value_count
from $shared as junk
where junk.is_junk
group by junk.identifier
order by junk.identifier
