{#-
    Grain: one row per outcome, with the number of joined rows that had it (R7).
-#}
{{ config(materialized='read') }}
select
    outcome,
    count(*) as row_count
from {{ relations.links }}
group by outcome
