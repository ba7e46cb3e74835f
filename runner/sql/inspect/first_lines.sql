{#- Grain: one row per line of the main file, the first ones. -#}
select *
from {{ relation }}
where rowid < {{ rows }}
order by rowid
