-- runner/sql/tests/not_null.sql, for models/marts/cities.yml:3
select *
from main."cities"
where
    "city" is null
    and (true)
