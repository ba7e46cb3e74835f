-- runner/sql/import/stale_sums.sql, for connections/shop.yml:5
select *
from runner.sums
where false
