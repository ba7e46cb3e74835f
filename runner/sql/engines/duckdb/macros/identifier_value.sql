{#- The value by which a profile itself is found; null where it identifies nobody. -#}
{% macro identifier_value(identifier) -%}
{% set parts = [] %}
{% for property, declared in identifier.parts %}
{% set _ = parts.append(identifying('cast(' ~ name(property) ~ ' as varchar)', declared)) %}
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
