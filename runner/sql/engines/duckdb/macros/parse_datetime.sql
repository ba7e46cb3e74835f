{#-
    Text as a UTC timestamp; `%z` reads an offset, also as Z, and `%Z` a zone's
    name.
-#}
{% macro parse_datetime(value, format) -%}
{% set zoned = format.datetime_format | select('search_zone') | list %}
{% set local = format.datetime_format | reject('search_zone') | list %}
{% set local = local + (format.date_format | list) %}
{% set spelled = 'regexp_replace(' ~ value ~ ", '[zZ]$', '+00:00')" %}
coalesce(
{% if zoned %}
    {{ parse_moment(spelled, zoned, " at time zone 'UTC'") }},
{% endif %}
    cast(
        (
            {{ parse_moment(value, local) }}
            at time zone {{ text(format.timezone) }}
        ) at time zone 'UTC' as timestamp
    )
)
{%- endmacro %}
