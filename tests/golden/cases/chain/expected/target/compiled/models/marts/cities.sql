-- models/marts/cities.sql
select
    city,
    count(*) as count_profiles
from main."profiles"
group by city
