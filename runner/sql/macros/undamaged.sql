{#-
    A value of an identifier; null where a spreadsheet damaged it, unless the
    property allows such values.
-#}
{% macro undamaged(value, declared) -%}
{% if declared.allow_damaged %}
{{ value }}
{%- else %}
case
    when {{ damage_reason(value) }} is null
        then {{ value }}
end
{%- endif %}
{%- endmacro %}
