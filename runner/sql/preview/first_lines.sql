{#- Grain: one row per line of the main file, the first ones; each keeps its number. -#}
select * replace (coalesce(clean_origin, rowid + shift) as clean_origin)
from {{ relation }}
where rowid < {{ rows }}
order by rowid
