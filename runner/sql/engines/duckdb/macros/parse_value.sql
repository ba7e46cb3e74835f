{#-
    Text as a value of a property's type, null where it is none (R6). An expression that is
    typed already is cast as it is; only text is read by the stated format.
-#}
{% macro parse_value(value, type, format, is_text=false) -%}
{% if type == 'text' %}
cast({{ value }} as varchar)
{%- elif is_text %}
{{ parse_text(value, type, format) }}
{%- else %}
case
    when typeof({{ value }}) = 'VARCHAR'
        then {{ parse_text('cast(' ~ value ~ ' as varchar)', type, format) }}
    else try_cast({{ value }} as {{ sql_type(type) }})
end
{%- endif %}
{%- endmacro %}

{% macro sql_type(type) -%}
{% if type in ('text', 'permission_level') %}varchar
{%- elif type == 'integer' %}bigint
{%- elif type == 'decimal' %}decimal(38, 10)
{%- elif type == 'datetime' %}timestamp
{%- else %}{{ type }}
{%- endif %}
{%- endmacro %}

{% macro parse_text(value, type, format) -%}
{% if type == 'boolean' %}
case
    when lower({{ value }}) in ({{ format.true_values | map('lower') | map('text') | join(', ') }}) then true
    when lower({{ value }}) in ({{ format.false_values | map('lower') | map('text') | join(', ') }}) then false
end
{%- elif type == 'permission_level' %}
{{ parse_level(value) }}
{%- elif type == 'date' %}
cast({{ parse_moment(value, format.date_format) }} as date)
{%- elif type == 'datetime' %}
{{ parse_datetime(value, format) }}
{%- else %}
{{ parse_number(value, type, format) }}
{%- endif %}
{%- endmacro %}

{#- Thousands are told only where every group has its three digits: `1,23` is no 123. -#}
{% macro parse_number(value, type, format) -%}
{% set plain = value %}
{% if format.thousands %}
{% set plain = 'replace(' ~ plain ~ ', ' ~ text(format.thousands) ~ ", '')" %}
{% endif %}
{% if format.decimal != '.' %}
{% set plain = 'replace(' ~ plain ~ ', ' ~ text(format.decimal) ~ ", '.')" %}
{% endif %}
{% set point = '[' ~ format.decimal ~ ']' %}
{% set groups = '|[0-9]{1,3}([' ~ format.thousands ~ '][0-9]{3})+' if format.thousands else '' %}
{% set digits = '([0-9]+' ~ groups ~ ')' %}
{% set whole = '[-+]?' ~ digits ~ '(' ~ point ~ '0*)?' %}
{% set number = '[-+]?(' ~ digits ~ '(' ~ point ~ '[0-9]*)?|' ~ point ~ '[0-9]+)([eE][-+]?[0-9]+)?' %}
case
    when regexp_full_match({{ value }}, {{ text(whole if type == 'integer' else number) }})
        then {{ cast_number(plain, type) }}
end
{%- endmacro %}

{#-
    A number that fits is read as 64 bits: DuckDB takes a hundred times as long to read text as
    a decimal of 128.
-#}
{% macro cast_number(plain, type) -%}
{% if type == 'decimal' %}
case
            when regexp_full_match({{ plain }}, '[-+]?[0-9]{1,8}(\.[0-9]{0,10})?')
                then cast(try_cast({{ plain }} as decimal(18, 10)) as decimal(38, 10))
            else try_cast({{ plain }} as decimal(38, 10))
        end
{%- else %}
try_cast({{ plain }} as {{ sql_type(type) }})
{%- endif %}
{%- endmacro %}

{#- A zone is told by `%z`, also as the letter Z, or by its name as `%Z`. -#}
{% macro parse_datetime(value, format) -%}
{% set zoned = format.datetime_format | select('search_zone') | list %}
{% set local = (format.datetime_format | reject('search_zone') | list) + (format.date_format | list) %}
coalesce(
{% if zoned %}
    {{ parse_moment("regexp_replace(" ~ value ~ ", '[zZ]$', '+00:00')", zoned, " at time zone 'UTC'") }},
{% endif %}
    cast(
        ({{ parse_moment(value, local) }} at time zone {{ text(format.timezone) }})
        at time zone 'UTC' as timestamp
    )
)
{%- endmacro %}

{#-
    The first of several formats that fits. The engine reads `24` as %Y, for the year 24, where
    strptime wants four digits: such a year fits none.
-#}
{% macro parse_moment(value, formats, in_zone='') -%}
{% set too_old = "timestamp '0999-12-31'" %}
{% set read = [] %}
{% for format in formats %}
{% set moment = 'try_strptime(' ~ value ~ ', ' ~ text(format) ~ ')' ~ in_zone %}
{% set _ = read.append('nullif(greatest(' ~ moment ~ ', ' ~ too_old ~ '), ' ~ too_old ~ ')') %}
{% endfor %}
{{ read | join(', ') if read | length == 1 else 'coalesce(' ~ read | join(', ') ~ ')' }}
{%- endmacro %}
