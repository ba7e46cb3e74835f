{#-
    Text as the date and time that one format reads, as they are written: no
    zone moves them. The engine reads `24` as %Y, for the year 24, and day 366
    of any year: neither fits (R6).
-#}
{% macro read_moment(value, format, pivot=none) -%}
{% if format.unit %}
{# To the year 9999: most numbers of milliseconds are no seconds then. #}
{% set digits = {1000000: 6, 1000: 3, 1: 0}[format.unit] %}
{% set number = 'decimal(18, ' ~ digits ~ '))' %}
{% set number = 'try_cast(' ~ value ~ ' as ' ~ number %}
{% set micros = 'cast(' ~ number ~ ' as decimal(38, 6))' %}
{% set micros = micros ~ ' * ' ~ format.unit %}
{% set oldest = -30610224000000000 // format.unit %}
{% set newest = 253402300799999999 // format.unit %}
case
    when
        regexp_full_match({{ value }}, '-?[0-9]{1,18}([.][0-9]{1,9})?')
        and {{ number }} between {{ oldest }} and {{ newest }}
        then make_timestamp(cast({{ micros }} as bigint))
end
{%- else %}
{% if format.zone %}
{% set parts = text(format.text_pattern) ~ ', ' ~ text(format.marked_text) %}
{% set marked = 'regexp_replace(' ~ value ~ ', ' ~ parts ~ ')' %}
{% else %}
{% set marked = text(format.mark) ~ ' || ' ~ value %}
{% endif %}
{% if format.has_fraction %}
{% set parts = "'([.,:][0-9]{6})[0-9]{1,3}', '\\1'" %}
{% set marked = 'regexp_replace(' ~ marked ~ ', ' ~ parts ~ ')' %}
{% endif %}
{% set moment = 'try_strptime(' ~ marked ~ ', ' ~ text(format.marked) ~ ')' %}
{% set too_old = "timestamp '0999-12-31'" %}
{% set recent = 'nullif(greatest(' ~ moment ~ ', ' ~ too_old ~ ')' %}
{% set recent = recent ~ ', ' ~ too_old ~ ')' %}
{% if format.counted_year %}
{% set year = 'strftime(' ~ recent ~ ', ' ~ text(format.counted_year) ~ ')' %}
case when contains({{ value }}, {{ year }}) then {{ recent }} end
{%- elif format.has_short_year and pivot is not none %}
case
    when year({{ recent }}) > {{ 2000 + pivot }}
        then {{ recent }} - interval 100 year
    when year({{ recent }}) <= {{ 1900 + pivot }}
        then {{ recent }} + interval 100 year
    else {{ recent }}
end
{%- else %}
{{ recent }}
{%- endif %}
{%- endif %}
{%- endmacro %}
