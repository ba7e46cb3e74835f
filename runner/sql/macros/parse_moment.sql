{#-
    The first of several formats that fits. Without the `case` the engine would
    try all formats on each value.
-#}
{% macro parse_moment(value, formats, pivot=none) -%}
{% set read = [] %}
{% for format in formats %}
{% set _ = read.append(read_moment(value, format, pivot)) %}
{% endfor %}
{% if read | length == 1 %}
{{ read[0] }}
{%- else %}
case
    when {{ value }} is not null
        then coalesce(
            {{ read | join(',\n            ') }}
        )
end
{%- endif %}
{%- endmacro %}
