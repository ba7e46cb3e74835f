{#-
    Grain: one row per changed profile, without the values that need a higher
    permission level than it has. Identifiers are kept elsewhere, so that the
    person is recognized when they appear again.
-#}
select * replace (
{% for property, needed in levels %}
    case when {{ has_level(needed) }} then {{ name(property) }} end
        as {{ name(property) }}{{ ',' if not loop.last }}
{% endfor %}
)
from {{ relations.changed_profiles }}
