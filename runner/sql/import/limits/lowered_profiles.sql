{#-
    Grain: one row per profile with a value that needs a higher permission level
    than it has, without such values.
-#}
{% set kept = namespace(values={}) %}
{% for property, needed in levels %}
{% set value -%}
case when {{ has_level(needed) }} then {{ name(property) }} end
{%- endset %}
{% set kept.values = dict(kept.values, **{name(property): value}) %}
{% endfor %}
select {{ all_columns('profiles', replaced=kept.values) }}
from main.profiles as profiles
where
    profiles.permission_level in ('do_not_track', 'anonymous')
    and (
{% for property, needed in levels %}
        {{ 'or ' if not loop.first -}}
        (not {{ has_level(needed) }} and {{ name(property) }} is not null)
{% endfor %}
    )
