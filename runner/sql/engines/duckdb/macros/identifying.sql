{#-
    A value of an identifier as it is compared; null where it is too short, one
    to ignore, or damaged by a spreadsheet (P2).
-#}
{% macro identifying(value, declared) -%}
{% set text_ = undamaged(identifier_text(value), declared) %}
{% set ignored = declared.ignore | map('lower') | map('text') | join(', ') %}
{% if declared.ignore or declared.min_length %}
case
    when length({{ text_ }}) >= {{ [declared.min_length, 1] | max }}
{% if declared.ignore %}
        and lower({{ text_ }}) not in ({{ ignored }})
{% endif %}
        then {{ text_ }}
end
{%- else %}
nullif({{ text_ }}, '')
{%- endif %}
{%- endmacro %}
