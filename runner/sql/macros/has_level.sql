{#-
    Whether a row of profiles has the permission level that a property needs.
-#}
{% macro has_level(needed) -%}
{% if needed == 'personal' -%}
coalesce(permission_level, 'personal') = 'personal'
{%- else -%}
permission_level is distinct from 'do_not_track'
{%- endif %}
{%- endmacro %}
