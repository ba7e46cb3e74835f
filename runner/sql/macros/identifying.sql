{#-
    An identifier's compared text (`identifier_text`); null where it is too
    short, one to ignore, or damaged by a spreadsheet (P2).
-#}
{% macro identifying(value, declared) -%}
{% set ignored = declared.ignore | map('lower') | map('text') | join(', ') %}
case
    when
        length({{ value }}) >= {{ [declared.min_length, 1] | max }}
{% if declared.ignore %}
        and {{ lower_case(value) }} not in ({{ ignored }})
{% endif %}
{% if not declared.allow_damaged %}
        and {{ damage_reason(value) }} is null
{% endif %}
        then {{ value }}
end
{%- endmacro %}
