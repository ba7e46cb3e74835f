insert into $withheld
select
    linked.row_id,
    linked.profile_id,
    refused.reason
from $linked as linked
inner join $refused as refused
    on linked.profile_id = refused.profile_id
where
    linked.outcome in ('created', 'updated', 'duplicate')
    and linked.row_id not in (select row_id from $withheld)
