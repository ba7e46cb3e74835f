{#- A typed value as text in the stated format; a null stays null. -#}
{% macro format_value(value, type, dialect) -%}
{% if type in ('text', 'permission_level') %}
{{ value }}
{%- elif type == 'date' %}
strftime({{ value }}, {{ dialect.date_format }})
{%- elif type == 'datetime' %}
{{ format_datetime(value, dialect) }}
{%- elif type == 'boolean' and dialect.booleans %}
case {{ value }}
    when true then {{ dialect.booleans[0] }}
    when false then {{ dialect.booleans[1] }}
end
{%- elif type == 'integer' and dialect.thousands %}
{{ format_groups('cast(' ~ value ~ ' as varchar)', dialect) }}
{%- elif type.startswith('decimal') %}
{{ format_number(value, type, dialect) }}
{%- else %}
cast({{ value }} as varchar)
{%- endif %}
{%- endmacro %}

{#- A decimal has the digits that the format states, or its type, or else those it needs. -#}
{% macro format_number(value, type, dialect) -%}
{% set digits = 'cast(' ~ value ~ ' as varchar)' %}
{% if dialect.decimals is not none %}
{% set places = 'decimal(38, ' ~ dialect.decimals ~ ')' %}
{% set digits = 'cast(cast(' ~ value ~ ' as ' ~ places ~ ') as varchar)' %}
{% elif type == 'decimal' %}
{% set digits = 'rtrim(rtrim(' ~ digits ~ ", '0'), '.')" %}
{% endif %}
{% if dialect.thousands %}
{{ format_groups(digits, dialect) }}
{%- elif dialect.decimal == '.' %}
{{ digits }}
{%- else %}
replace({{ digits }}, '.', {{ text(dialect.decimal) }})
{%- endif %}
{%- endmacro %}

{#- Digits in groups of three, the decimal separator put in. -#}
{% macro format_groups(digits, dialect) -%}
{% set whole = "split_part(ltrim(" ~ digits ~ ", '-'), '.', 1)" %}
{% set point = text(dialect.decimal) %}
if(starts_with({{ digits }}, '-'), '-', '')
|| replace(format('{:,}', cast({{ whole }} as hugeint)), ',', {{ dialect.thousands }})
|| if(contains({{ digits }}, '.'), {{ point }} || split_part({{ digits }}, '.', 2), '')
{%- endmacro %}

{#- A UTC timestamp as the clocks of the stated zone tell it. -#}
{% macro format_datetime(value, dialect) -%}
{% set local = value %}
{% if dialect.timezone != 'UTC' %}
{% set zone = text(dialect.timezone) %}
{% set local = '(' ~ value ~ " at time zone 'UTC' at time zone " ~ zone ~ ')' %}
{% endif %}
{% set written = [] %}
{% for part, format in dialect.datetime_parts %}
{% if part == 'format' %}
{% set _ = written.append('strftime(' ~ local ~ ', ' ~ format ~ ')') %}
{% elif part == 'offset' %}
{% set _ = written.append(format_offset(value, local)) %}
{% else %}
{% set zone = text(dialect.timezone) %}
{% set named = 'if(' ~ value ~ ' is not null, ' ~ zone ~ ', null)' %}
{% set _ = written.append(named) %}
{% endif %}
{% endfor %}
{{ written | join(' || ') }}
{%- endmacro %}

{#- How far local clocks are ahead of UTC, such as +0200. -#}
{% macro format_offset(value, local) -%}
{% set minutes = "date_diff('minute', " ~ value ~ ', ' ~ local ~ ')' %}
if({{ minutes }} < 0, '-', '+')
|| strftime(timestamp '2000-01-01' + to_minutes(abs({{ minutes }})), '%H%M')
{%- endmacro %}
