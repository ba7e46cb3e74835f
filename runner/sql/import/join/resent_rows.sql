{#-
    Grain: one row per row imported before of a profile that the batch may
    change, without values.
-#}
with

affected as (

    select profile_id
    from {{ relations.affected_profiles }}

),

final as (

    select
        joined.*,
        false as is_kept
    from {{ relations.joined }} as joined
    semi join affected
        on joined.known_profile_id = affected.profile_id

)

select * from final
