{#-
    Grain: one row per row that a line of the main file gives now, or gave
    before and gives no more.
-#}
{{ config(
    materialized='view',
    when=plan.lines and plan.tracks_lines and not is_first
) }}
with

final as (

    select key_hash
    from {{ relations.applied_rows }}
    union all
    select key_hash
    from {{ relations.superseded_keys }}

)

select * from final
