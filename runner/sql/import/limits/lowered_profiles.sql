{#-
    Grain: one row per profile with a value that needs a higher permission level
    than it has, without such values.
-#}
select profiles.* replace (
{% for property, needed in levels %}
    case when {{ has_level(needed) }} then {{ name(property) }} end
        as {{ name(property) }}{{ ',' if not loop.last }}
{% endfor %}
)
from main.profiles as profiles
where
    profiles.permission_level in ('do_not_track', 'anonymous')
    and (
{% for property, needed in levels %}
        {{ 'or ' if not loop.first -}}
        (not {{ has_level(needed) }} and {{ name(property) }} is not null)
{% endfor %}
    )
