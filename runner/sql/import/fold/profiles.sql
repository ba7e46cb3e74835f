{#-
    Grain: one row per profile, or group, that is new or has a changed value,
    also one that a later file changed back, or that a late file names first.
-#}
{{ config(materialized='upsert', into=entity.table, key=[entity.id]) }}
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

{% if is_several %}
last_changes as (

    select profile_id
    from {{ relations.last_changes }}
    where file_id is not null

),

{% endif %}
final as (

    select changed.*
    from changed
    left join earlier
        on changed.{{ entity.id }} = earlier.{{ entity.id }}
{% if is_several %}
    left join last_changes
        on changed.{{ entity.id }} = last_changes.profile_id
{% endif %}
    where
        earlier.{{ entity.id }} is null
{% if is_several %}
        or (
            last_changes.profile_id is not null
            and changed.updated_at > earlier.updated_at
        )
{% endif %}
{% if is_late %}
        or changed.created_at < earlier.created_at
{% endif %}
{% for item in plan.assignments %}
{% set property = name(item.name) %}
        or changed.{{ property }} is distinct from earlier.{{ property }}
{% endfor %}

)

select * from final
