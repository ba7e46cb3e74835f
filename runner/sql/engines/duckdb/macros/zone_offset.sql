{#-
    Minutes from UTC of the zone that a text names: an offset, a name of the tz
    database such as Europe/Paris at a local time, or a known abbreviation. Null
    for any other name: it is never read as another zone.
-#}
{% macro zone_offset(zone, moment, abbreviations) -%}
{% set offset = '(?i)(?:UTC|GMT|UT)?[-+−](?:0?[0-9]|1[0-4])(?::?[0-5][0-9])?' %}
{% set hours = '([0-9]{1,2})(?::?[0-9]{2})?$' %}
{% set minutes = '[0-9]:?([0-9]{2})$' %}
{% set written = 'strftime(' ~ moment ~ ", '%Y-%m-%d %H:%M:%S ')" %}
case
    when {{ zone }} = 'Z' then 0
    when regexp_full_match({{ zone }}, '{{ offset }}')
        then (
            cast(regexp_extract({{ zone }}, '{{ hours }}', 1) as integer) * 60
            + coalesce(try_cast(
                regexp_extract({{ zone }}, '{{ minutes }}', 1) as integer
            ), 0)
        ) * if(contains({{ zone }}, '+'), 1, -1)
    when contains({{ zone }}, '/')
        then date_diff(
            'minute',
            try_strptime(
                {{ written }} || {{ zone }}, '%Y-%m-%d %H:%M:%S %Z'
            ) at time zone 'UTC',
            date_trunc('second', {{ moment }})
        )
    else map {
{% for name, minutes in abbreviations.items() %}
        {{ text(name) }}: {{ minutes }}{{ ',' if not loop.last }}
{% endfor %}
    }[upper({{ zone }})]
end
{%- endmacro %}
