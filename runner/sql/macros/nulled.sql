{#- A text, null where it is one of the values that mean: no value (R1). -#}
{% macro nulled(value, nulls) -%}
{% if nulls | length == 1 %}
nullif({{ value }}, {{ text(nulls[0]) }})
{%- elif nulls %}
case
    when {{ value }} not in ({{ nulls | map('text') | join(', ') }})
        then {{ value }}
end
{%- else %}
{{ value }}
{%- endif %}
{%- endmacro %}
