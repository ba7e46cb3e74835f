{#- A typed value as text in the stated format; a null stays null. -#}
{% macro format_value(value, type, dialect) -%}
{% if type in ('text', 'permission_level') %}
{{ value }}
{%- elif type == 'date' %}
{{ format_moment(value, dialect.date_format) }}
{%- elif type == 'datetime' %}
{{ format_datetime(value, dialect) }}
{%- elif type == 'boolean' and dialect.booleans %}
case {{ value }}
    when true then {{ dialect.booleans[0] }}
    when false then {{ dialect.booleans[1] }}
end
{%- elif type == 'integer' and dialect.thousands %}
{{ format_groups('cast(' ~ value ~ ' as string)', dialect) }}
{%- elif type.startswith('decimal') %}
{{ format_number(value, type, dialect) }}
{%- else %}
cast({{ value }} as string)
{%- endif %}
{%- endmacro %}
