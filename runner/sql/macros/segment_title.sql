{#- The title of a segment, or its name where it has none. -#}
{% macro segment_title(titles) -%}
{% if titles %}
case segment
{% for segment, title in titles %}
    when {{ text(segment) }} then {{ text(title) }}
{% endfor %}
    else segment
end
{%- else %}
segment
{%- endif %}
{%- endmacro %}
