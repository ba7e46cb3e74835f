{#-
    Grain: one row per profile, or group, that others become part of, with what its properties
    are then (P2). What no property declares, such as a column of `map_rest`, keeps the latest.
-#}
with

members as (

    select
        alias_id as member_id,
        profile_id as survivor_id
    from {{ relations.merges }}
    union
    select
        profile_id as member_id,
        profile_id as survivor_id
    from {{ relations.merges }}

),

aged as (

    select
        members.survivor_id,
        members.member_id = members.survivor_id as is_survivor,
        row_number() over (
            partition by members.survivor_id
            order by
                profiles.created_at,
                members.member_id = members.survivor_id desc,
                members.member_id
        ) as age,
        row_number() over (
            partition by members.survivor_id
            order by
                profiles.updated_at,
                profiles.created_at,
                members.member_id = members.survivor_id,
                members.member_id
        ) as recency,
        profiles.*
    from members
    inner join {{ entity.table }} as profiles
        on members.member_id = profiles.{{ entity.id }}

),

folded as (

    select
        survivor_id as {{ entity.id }},
{% for property, rule in merge_rules.items() %}
        {{ merged_value(name(property), rule, types[property]) }} as {{ name(property) }},
{% endfor %}
        min(created_at) as created_at,
        max(updated_at) as updated_at,
        arg_max(columns(* exclude (
            survivor_id,
            is_survivor,
            recency,
            {{ entity.id }},
            created_at,
            updated_at{% for property in merge_rules %},
            {{ name(property) }}{% endfor %}

        )), recency)
    from aged
    group by survivor_id

),

final as (

{% set joined = merge_rules | dictsort | selectattr(1, 'equalto', 'both') | map('first') | list %}
    select * exclude (age){% if joined %} replace (
{% for property in joined %}
        {{ distinct_in_order('folded.' ~ name(property)) }} as {{ name(property) }}{{ ',' if not loop.last }}
{% endfor %}
    ){% endif %}

    from folded

)

select * from final
