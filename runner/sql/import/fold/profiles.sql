{#-
    Grain: one row per profile, or group, that is new or has a changed value.
-#}
with

changed as (

    select * from {{ relations.limited_profiles }}

),

earlier as (

    select * from {{ entity.table }}

),

final as (

    select changed.*
    from changed
    left join earlier
        on changed.{{ entity.id }} = earlier.{{ entity.id }}
    where
        earlier.{{ entity.id }} is null
{% for item in plan.assignments %}
{% set property = name(item.name) %}
        or changed.{{ property }} is distinct from earlier.{{ property }}
{% endfor %}

)

select * from final
