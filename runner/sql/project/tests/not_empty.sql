{#- Grain: one row where there is no row. -#}
select count(*) as row_count
from {{ relation }}
where ({{ where }})
having count(*) = 0
