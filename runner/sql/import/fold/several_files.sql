{#-
    Grain: one row per profile with rows, or retractions, of several main files
    of the batch, and the last of these.
-#}
{{ config(materialized='temporary', when=is_several) }}
with

applied as (

    select
        profile_id,
        {{ file_of('origin') }} as file_id
    from {{ relations.applied_rows }}

),

{% if plan.tracks_lines %}
row_changes as (

    select
        profile_id,
        file_id
    from {{ relations.row_changes }}

),

touching as (

    select * from applied
    union all
    select * from row_changes

),

{% endif %}
final as (

    select
        profile_id,
        max(file_id) as last_file
    from {{ 'touching' if plan.tracks_lines else 'applied' }} as touching
    group by profile_id
    having min(file_id) != max(file_id)

)

select * from final
