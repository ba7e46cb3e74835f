{#-
    Minutes from UTC of the zone that a text names: an offset, a name of the tz
    database such as Europe/Paris at a local time, or a known abbreviation. Null
    for any other name: it is never read as another zone.
-#}
{% macro zone_offset(zone, moment, abbreviations) -%}
{% set offset = '(?i)(?:UTC|GMT|UT)?[-+−](?:0?[0-9]|1[0-4])(?::?[0-5][0-9])?' %}
{% set hours = '([0-9]{1,2})(?::?[0-9]{2})?\\z' %}
{% set minutes = '[0-9]:?([0-9]{2})\\z' %}
{% set whole = "date_trunc('second', " ~ moment ~ ')' %}
case
    when {{ zone }} = 'Z' then 0
    when {{ zone }} rlike {{ text('\\A' ~ offset ~ '\\z') }}
        then (
            cast(regexp_extract({{ zone }}, '{{ hours }}', 1) as int) * 60
            + coalesce(try_cast(
                regexp_extract({{ zone }}, '{{ minutes }}', 1) as int
            ), 0)
        ) * if(contains({{ zone }}, '+'), 1, -1)
    when contains({{ zone }}, '/')
        then timestampdiff(
            minute,
            cast(try_cast(
                cast({{ whole }} as string) || ' ' || {{ zone }}
                as timestamp_ltz
            ) as timestamp_ntz),
            {{ whole }}
        )
    else case upper({{ zone }})
{% for name, minutes in abbreviations.items() %}
        when {{ text(name) }} then {{ minutes }}
{% endfor %}
    end
end
{%- endmacro %}
