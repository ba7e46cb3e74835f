{#-
    A value of an identifier; null where it is too short, or one to ignore (P2).
-#}
{% macro identifying(value, declared) -%}
{% set ignored = declared.ignore | map('lower') | map('text') | join(', ') %}
{% if declared.ignore or declared.min_length %}
case
    when length({{ value }}) >= {{ [declared.min_length, 1] | max }}
{% if declared.ignore %}
        and lower({{ value }}) not in ({{ ignored }})
{% endif %}
        then {{ value }}
end
{%- else %}
nullif({{ value }}, '')
{%- endif %}
{%- endmacro %}
