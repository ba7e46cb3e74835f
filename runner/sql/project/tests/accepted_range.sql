{#- Grain: one row per row with a value below or above the bounds. -#}
{%- set or_equal = '=' if inclusive | default(true) else '' -%}
select *
from {{ relation }}
where
    {{ column }} is not null
    and not (
        true
{% if min_value is defined %}
        and {{ column }} >{{ or_equal }} {{ min_value }}
{% endif %}
{% if max_value is defined %}
        and {{ column }} <{{ or_equal }} {{ max_value }}
{% endif %}
    )
    and ({{ where }})
