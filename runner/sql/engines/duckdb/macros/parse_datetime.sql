{#-
    Text as a UTC timestamp: moved by the zone that it states, else from that of
    the format. A number that counts from 1970 on is in UTC.
-#}
{% macro parse_datetime(value, format) -%}
{% set zoned = format.datetimes | selectattr('zone') | list %}
{% set local = format.datetimes | rejectattr('zone') %}
{% set local = local | rejectattr('unit') | list %}
{% set read = [] %}
{% for one in format.datetimes if one.unit %}
{% set _ = read.append(read_moment(value, one)) %}
{% endfor %}
{% for one in zoned %}
{% set moment = parse_moment(value, [one], format.century_pivot) %}
{% set zone = value ~ ', ' ~ text(one.zone_pattern) ~ ', 1' %}
{% set zone = 'regexp_extract(' ~ zone ~ ')' %}
{% set offset = zone_offset(zone, moment, format.zone_minutes) %}
{% if one.ends_in_offset %}
{% set _ = read.append(read_offset(value, one, format.century_pivot)) %}
{% endif %}
{% set _ = read.append(moment ~ ' - to_minutes(' ~ offset ~ ')') %}
{% endfor %}
{% if local %}
{% set moment = parse_moment(value, local, format.century_pivot) %}
{% if format.timezone != 'UTC' %}
{% set zone = text(format.timezone) %}
{% set moment = moment ~ ' at time zone ' ~ zone %}
{% set moment = 'make_timestamp(epoch_us(' ~ moment ~ '))' %}
{% endif %}
{% set _ = read.append(moment) %}
{% endif %}
{{ first_read(value, read) }}
{%- endmacro %}
