{#- The value by which a row finds its profile; null where it identifies nobody (P2). -#}
{% macro key_value(key) -%}
{% set parts = [] %}
{% for part in key.parts %}
{% set column = name('text ' ~ key.number ~ ' ' ~ part.name) %}
{% set _ = parts.append(identifying(
    'cast(' ~ parse_value(column, part.declared.type, part.format, part.value.is_column) ~ ' as varchar)',
    part.declared
)) %}
{% endfor %}
{% if parts | length == 1 %}
{{ parts[0] }}
{%- else %}
case
    when {{ parts | join(' is not null and ') }} is not null
        then cast(to_json([{{ parts | join(', ') }}]) as varchar)
end
{%- endif %}
{%- endmacro %}

{% macro identifying(value, declared) -%}
{% if declared.ignore or declared.min_length %}
case
    when length({{ value }}) >= {{ [declared.min_length, 1] | max }}
{% if declared.ignore %}
        and lower({{ value }}) not in ({{ declared.ignore | map('lower') | map('text') | join(', ') }})
{% endif %}
        then {{ value }}
end
{%- else %}
nullif({{ value }}, '')
{%- endif %}
{%- endmacro %}
