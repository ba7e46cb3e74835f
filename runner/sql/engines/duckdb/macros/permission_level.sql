{#- Whether a row of profiles has the permission level that a property needs. -#}
{% macro has_level(needed) -%}
{% if needed == 'personal' -%}
coalesce(permission_level, 'personal') = 'personal'
{%- else -%}
permission_level is distinct from 'do_not_track'
{%- endif %}
{%- endmacro %}

{#- A text as a permission level, null where it is none: case, blanks and hyphens do not count. -#}
{% macro parse_level(value) -%}
case
    when regexp_replace(lower(trim({{ value }})), '[ -]+', '_', 'g') in ('do_not_track', 'anonymous', 'personal')
        then regexp_replace(lower(trim({{ value }})), '[ -]+', '_', 'g')
end
{%- endmacro %}
