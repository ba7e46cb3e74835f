{#-
    The value by which a row finds its profile; null where it identifies no one
    (P2).
-#}
{% macro key_value(key) -%}
{% set parts = [] %}
{% for part in key.parts %}
{% set written = key.text_of(part) %}
{% set value = written %}
{% if part.declared.type != 'text' %}
{% set value = parse_value(
    undamaged(written, part.declared),
    part.declared.type,
    part.format,
    part.value.is_column
) %}
{% set value = 'cast(' ~ value ~ ' as varchar)' %}
{% endif %}
{% set _ = parts.append(identifying(value, part.declared)) %}
{% endfor %}
{{ combined_value(parts) }}
{%- endmacro %}
