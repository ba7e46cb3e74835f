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
{% set offset = 'make_dt_interval(0, 0, ' ~ offset ~ ', 0)' %}
{% set _ = read.append(moment ~ ' - ' ~ offset) %}
{% endfor %}
{% if local %}
{% set moment = parse_moment(value, local, format.century_pivot) %}
{% if format.timezone != 'UTC' %}
{% set moment = utc_of(moment, format.timezone) %}
{% endif %}
{% set _ = read.append(moment) %}
{% endif %}
{{ first_read(value, read) }}
{%- endmacro %}
