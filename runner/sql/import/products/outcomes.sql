{#-
    Grain: one row per outcome, with the number of joined rows that had it (R7).
-#}
select
    outcome,
    count(*) as row_count
from {{ relations.links }}
group by outcome
