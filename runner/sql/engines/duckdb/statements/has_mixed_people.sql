select 1
from $people as people
left join $refused as refused
    on people.profile_id = refused.profile_id
where people.profile_id is not null
group by people.first_row_order
having
    bool_or(refused.profile_id is null)
    and bool_or(refused.profile_id is not null)
limit 1
