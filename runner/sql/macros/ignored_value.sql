{#-
    An identifier's compared text that is too short, or one to ignore; else
    null (P2).
-#}
{% macro ignored_value(value, declared) -%}
{% set ignored = declared.ignore | map('lower') | map('text') | join(', ') %}
case
    when
        length({{ value }}) between 1 and {{ declared.min_length - 1 }}
{% if declared.ignore %}
        or {{ lower_case(value) }} in ({{ ignored }})
{% endif %}
        then {{ value }}
end
{%- endmacro %}
