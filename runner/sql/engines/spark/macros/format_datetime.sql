{#- A UTC timestamp as the clocks of the stated zone tell it. -#}
{% macro format_datetime(value, dialect) -%}
{% set local = value %}
{% if dialect.timezone != 'UTC' %}
{% set local = "convert_timezone('UTC', " ~ text(dialect.timezone) %}
{% set local = local ~ ', ' ~ value ~ ')' %}
{% endif %}
{% set written = [] %}
{% for part, format in dialect.datetime_parts %}
{% if part == 'format' %}
{% set _ = written.append(format_moment(local, format)) %}
{% elif part == 'offset' %}
{% set _ = written.append(format_offset(value, local)) %}
{% else %}
{% set zone = text(dialect.timezone) %}
{% set named = 'if(' ~ value ~ ' is not null, ' ~ zone ~ ', null)' %}
{% set _ = written.append(named) %}
{% endif %}
{% endfor %}
{{ written | join(' || ') }}
{%- endmacro %}
