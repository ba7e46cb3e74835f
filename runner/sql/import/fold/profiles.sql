{#-
    Grain: one row per profile, or group, that is new or has a changed value, or
    that a late file names first.
-#}
with

changed as (

    select
        *
{%- if 'permission_level' in types %}
 replace (
            coalesce(permission_level, 'personal') as permission_level
        )
{%- endif %}

    from {{ relations.limited_profiles }}

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
