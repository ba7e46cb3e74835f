{#- Grain: one row per row of `resent_rows`. -#}
{{ config(materialized='append', into=relations.links, when=is_settling) }}
with

final as (

    select
        {{ row_id('rows_read') }} as row_id,
        known_profile_id as profile_id,
        'unchanged' as outcome
    from {{ relations.rows }} as rows_read
    where known_profile_id is not null

)

select * from final
