{#- Grain: one row per group of the type {{ group_type }}, with the number of its members (G1). -#}
with

imported as (

    select * from {{ table }}

),

memberships as (

    select * from main.profile_groups

),

counted as (

    select
        group_id,
        count(distinct profile_id) as members
    from memberships
    where group_type = {{ text(group_type) }}
    group by group_id

),

final as (

    select
        imported.profile_id as group_id,
        imported.* exclude (profile_id, created_at, updated_at),
        coalesce(counted.members, 0) as members,
        imported.created_at,
        imported.updated_at
    from imported
    left join counted
        on imported.profile_id = counted.group_id

)

select * from final
order by group_id
