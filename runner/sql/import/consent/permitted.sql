{#- Grain: one row per joined row, with its outcome after consent (R7, C1). -#}
{{ config(materialized='temporary', when=plan.objectives) }}
{% set outcome -%}
case
                when
                    refused.profile_id is not null
                    and linked.outcome in ('created', 'updated', 'duplicate')
                    then 'no_consent'
                else linked.outcome
            end
{%- endset %}
with

linked as (

    select * from {{ relations.linked }}

),

refused as (

    select profile_id
    from {{ relations.refused }}

),

final as (

    select {{ all_columns('linked', replaced={'outcome': outcome}) }}
    from linked
    left join refused
        on linked.profile_id = refused.profile_id

)

select * from final
