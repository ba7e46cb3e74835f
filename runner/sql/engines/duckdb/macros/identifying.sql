{#-
    A value of an identifier as it is compared; null where it is too short, or
    one to ignore (P2).
-#}
{% macro identifying(value, declared) -%}
{% set text_ = identifier_text(value) %}
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
