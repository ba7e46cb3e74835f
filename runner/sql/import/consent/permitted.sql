{#- Grain: one row per joined row, with its outcome where consent is asked for (R7, C1). -#}
with

final as (

    select linked.* replace (
        case
            when
                refused.profile_id is not null
                and linked.outcome in ('created', 'updated', 'duplicate')
                then 'no_consent'
            else linked.outcome
        end as outcome
    )
    from {{ relations.linked }} as linked
    left join {{ relations.refused }} as refused
        on linked.profile_id = refused.profile_id

)

select * from final
order by row_id
