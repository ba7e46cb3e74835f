{#-
    Grain: one row per profile, or group, that is new or has a changed value, or
    that a late file names first.
-#}
{% set level = "coalesce(permission_level, 'personal')" %}
{% set is_leveled = 'permission_level' in types %}
{% set defaults = {'permission_level': level} if is_leveled else {} %}
with

changed as (

    select {{ all_columns('limited', replaced=defaults) }}
    from {{ relations.limited_profiles }} as limited

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
{% if is_late %}
        or changed.created_at < earlier.created_at
{% endif %}
{% for item in plan.assignments %}
{% set property = name(item.name) %}
        or changed.{{ property }} is distinct from earlier.{{ property }}
{% endfor %}

)

select * from final
