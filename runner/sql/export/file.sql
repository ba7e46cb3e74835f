{#- Grain: one row per line of one file. -#}
select *
from {{ relations.file }}
