{#-
    Grain: one row per content hash that was applied for the first time (R5).
    `origin` is that of its last duplicate: it orders the rows of a profile
    (P4).
-#}
{{ config(materialized='append', into='runner.rows') }}
with

applied as (

    select
        row_hash,
        profile_id,
        outcome,
        origin
    from {{ relations.applied_rows }}

),

last_duplicates as (

    select
        row_hash,
        max(origin) as origin
    from applied
    where outcome = 'duplicate'
    group by row_hash

),

final as (

    select
        {{ text(plan.name) }} as goal,
        applied.row_hash,
        applied.profile_id,
        coalesce(last_duplicates.origin, applied.origin) as origin
    from applied
    left join last_duplicates
        on applied.row_hash = last_duplicates.row_hash
    where applied.outcome in ('created', 'updated')

)

select * from final
