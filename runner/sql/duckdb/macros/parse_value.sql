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
{% if type == 'text' %}varchar
{%- elif type == 'integer' %}bigint
{%- elif type == 'decimal' %}decimal(38, 10)
{%- elif type == 'datetime' %}timestamp
{%- else %}{{ type }}
{%- endif %}
{%- endmacro %}

{% macro parse_text(value, type, format) -%}
{% if type == 'boolean' %}
case
    when lower({{ value }}) in ('true', 't', 'yes', 'y', '1', 'on') then true
    when lower({{ value }}) in ('false', 'f', 'no', 'n', '0', 'off') then false
end
{%- elif type == 'date' %}
cast(try_strptime({{ value }}, {{ texts(format.date_format) }}) as date)
{%- elif type == 'datetime' %}
{{ parse_datetime(value, format) }}
{%- else %}
{{ parse_number(value, type, format) }}
{%- endif %}
{%- endmacro %}

{% macro parse_number(value, type, format) -%}
{% set plain = value %}
{% if format.thousands %}
{% set plain = 'replace(' ~ plain ~ ', ' ~ text(format.thousands) ~ ", '')" %}
{% endif %}
{% if format.decimal != '.' %}
{% set plain = 'replace(' ~ plain ~ ', ' ~ text(format.decimal) ~ ", '.')" %}
{% endif %}
{% set whole = '[-+]?[0-9]+(\\.0*)?' %}
{% set number = '[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?' %}
case
    when regexp_full_match({{ plain }}, {{ text(whole if type == 'integer' else number) }})
{% if format.decimal != '.' and format.thousands != '.' %}
        and not contains({{ value }}, '.')
{% endif %}
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

{% macro parse_datetime(value, format) -%}
{% set zoned = format.datetime_format | select('search_zone') | list %}
{% set local = (format.datetime_format | reject('search_zone') | list) + (format.date_format | list) %}
coalesce(
{% if zoned %}
    cast(try_strptime({{ value }}, {{ texts(zoned) }}) at time zone 'UTC' as timestamp),
{% endif %}
    cast(
        (try_strptime({{ value }}, {{ texts(local) }}) at time zone {{ text(format.timezone) }})
        at time zone 'UTC' as timestamp
    )
)
{%- endmacro %}
