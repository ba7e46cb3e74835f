insert into $apart
select
    possible.alias_id,
    possible.profile_id
from $possible as possible
semi join $refused as refused
    on possible.profile_id = refused.profile_id
where possible.alias_id not in (select alias_id from $apart)
