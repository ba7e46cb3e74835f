{#-
    A decimal has the digits that the format states, or its type, or else those
    it needs.
-#}
{% macro format_number(value, type, dialect) -%}
{% set digits = 'cast(' ~ value ~ ' as string)' %}
{% if dialect.decimals is not none %}
{% set places = 'decimal(38, ' ~ dialect.decimals ~ ')' %}
{% set digits = 'cast(cast(' ~ value ~ ' as ' ~ places ~ ') as string)' %}
{% elif type == 'decimal' %}
{% set digits = "trim(trailing '0' from " ~ digits ~ ')' %}
{% set digits = "trim(trailing '.' from " ~ digits ~ ')' %}
{% endif %}
{% if dialect.thousands %}
{{ format_groups(digits, dialect) }}
{%- elif dialect.decimal == '.' %}
{{ digits }}
{%- else %}
replace({{ digits }}, '.', {{ text(dialect.decimal) }})
{%- endif %}
{%- endmacro %}
