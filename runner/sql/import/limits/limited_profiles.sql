{#-
    Grain: one row per changed profile, without the values that need a higher permission level
    than it has. What identifies the person is kept apart, so that he is known when he comes again.
-#}
select * replace (
{% for property, needed in levels %}
    case when {{ has_level(needed) }} then {{ name(property) }} end as {{ name(property) }}{{ ',' if not loop.last }}
{% endfor %}
)
from {{ relations.changed_profiles }}
