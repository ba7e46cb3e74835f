create schema segments;
create table main.profiles as
select
    cast(md5(cast(number as varchar)) as uuid) as profile_id,
    'person' || number || '@acme.example' as email,
    'Name ' || number % 5000 as first_name,
    if(number % 50 = 0, 'The "Hague", NL', 'City ' || number % 900) as city,
    'NL' as country,
    date '1950-01-01' + cast(number % 20000 as integer) as born,
    timestamp '2024-01-01' + to_seconds(number * 31 % 30000000) as seen_at,
    cast(number % 99999 / 100 as decimal(18, 2)) as spent,
    cast(number % 777777 / 10000 as decimal(10, 4)) as score,
    number % 40 as orders,
    cast(null as varchar) as permission_level
from (select unnest(range(1000000)) as number) as numbers;
create table segments.everybody as
select profile_id from main.profiles;
create table main.segment_members as
select
    'everybody' as segment,
    profile_id
from main.profiles;
