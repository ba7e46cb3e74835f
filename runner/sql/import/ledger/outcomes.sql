{#-
    Grain: one row per outcome, with the number of joined rows that had it (R7).
-#}
{{ config(materialized='read') }}
{% set outcome -%}
case
        when repeated.row_id is not null then 'updated'
        else links.outcome
    end
{%- endset %}
select
    {{ outcome }} as outcome,
    count(*) as row_count
from {{ relations.links }} as links
left join {{ relations.repeated_rows }} as repeated
    on links.row_id = repeated.row_id
group by
    {{ outcome }}
