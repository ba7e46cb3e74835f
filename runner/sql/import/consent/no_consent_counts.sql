{#- Grain: one row per reason, with the rows not applied for it (C1, R7). -#}
{{ config(materialized='read', when=plan.objectives) }}
select
    refused.reason,
    count(*) as row_count
from {{ relations.links }} as links
inner join {{ relations.refused }} as refused
    on links.profile_id = refused.profile_id
where links.outcome = 'no_consent'
group by refused.reason
order by
    refused.reason,
    row_count
