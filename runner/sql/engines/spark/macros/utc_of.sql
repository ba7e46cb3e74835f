{#-
    The UTC time of a local one. Of the two that an hour which comes twice may
    be, it is the later.
-#}
{% macro utc_of(moment, timezone) -%}
{% set zone = text(timezone) %}
{% set first = 'convert_timezone(' ~ zone ~ ", 'UTC', " ~ moment ~ ')' %}
{% set second = first ~ " + interval '1' hour" %}
{% set again = "convert_timezone('UTC', " ~ zone ~ ', ' ~ second ~ ')' %}
case when {{ again }} = {{ moment }} then {{ second }} else {{ first }} end
{%- endmacro %}
