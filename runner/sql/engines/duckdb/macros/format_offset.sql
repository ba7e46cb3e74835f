{#- How far local clocks are ahead of UTC, such as +0200. -#}
{% macro format_offset(value, local) -%}
{% set minutes = "date_diff('minute', " ~ value ~ ', ' ~ local ~ ')' %}
if({{ minutes }} < 0, '-', '+')
|| strftime(timestamp '2000-01-01' + to_minutes(abs({{ minutes }})), '%H%M')
{%- endmacro %}
