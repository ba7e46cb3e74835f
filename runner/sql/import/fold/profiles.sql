{#- Grain: one row per profile, or group, that is new or has another value than before. -#}
select changed.*
from {{ relations.limited_profiles }} as changed
left join {{ entity.table }} as earlier
    on changed.{{ entity.id }} = earlier.{{ entity.id }}
where
    earlier.{{ entity.id }} is null
{% for item in plan.assignments %}
    or changed.{{ name(item.name) }} is distinct from earlier.{{ name(item.name) }}
{% endfor %}
