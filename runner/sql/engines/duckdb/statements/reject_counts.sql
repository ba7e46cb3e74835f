select
    goal,
    file,
    reason,
    property,
    count(*) as reject_count,
    min(line) as first_line
from ($rejects)
group by all
order by all
