{#-
    The first of several formats that fits. The engine reads `24` as %Y, for the
    year 24, where strptime wants four digits: such a year fits no format.
-#}
{% macro parse_moment(value, formats, in_zone='') -%}
{% set too_old = "timestamp '0999-12-31'" %}
{% set read = [] %}
{% for format in formats %}
{% set moment = 'try_strptime(' ~ value ~ ', ' ~ text(format) ~ ')' ~ in_zone %}
{% set recent = 'greatest(' ~ moment ~ ', ' ~ too_old ~ ')' %}
{% set _ = read.append('nullif(' ~ recent ~ ', ' ~ too_old ~ ')') %}
{% endfor %}
{% if read | length == 1 %}
{{ read[0] }}
{%- else %}
coalesce({{ read | join(', ') }})
{%- endif %}
{%- endmacro %}
