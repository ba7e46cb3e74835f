{#- Grain: one row per profile that is new or has another value than before. -#}
select changed.*
from {{ relations.changed_profiles }} as changed
left join {{ plan.table }} as earlier
    on changed.profile_id = earlier.profile_id
where
    earlier.profile_id is null
{% for item in plan.assignments %}
    or changed.{{ name(item.name) }} is distinct from earlier.{{ name(item.name) }}
{% endfor %}
