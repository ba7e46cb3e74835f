{#-
    Grain: one row: profiles, or groups, that the goal made, changed, left
    alone.
-#}
{{ config(materialized='read') }}
with

written as (

    select {{ entity.id }} as profile_id
    from {{ relations.profiles }}

),

applied as (

    select count(*) as profile_count
    from {{ relations.changed_profiles }}

),

earlier as (

    select {{ entity.id }} as profile_id
    from {{ entity.table }}

),

final as (

    select
        count(*) filter (where earlier.profile_id is null) as created,
        count(*) filter (where earlier.profile_id is not null) as updated,
        (select profile_count from applied) - count(*) as unchanged
    from written
    left join earlier
        on written.profile_id = earlier.profile_id

)

select * from final
