{#-
    The value by which a row finds its profile; null where it identifies no one
    (P2).
-#}
{% macro key_value(key) -%}
{% set parts = [] %}
{% for part in key.parts %}
{% set written = key.text_of(part) %}
{% if part.declared.type != 'text' %}
{% set written = undamaged(written, part.declared) %}
{% endif %}
{% set value = parse_value(
    written, part.declared.type, part.format, part.value.is_column
) %}
{% set value = 'cast(' ~ value ~ ' as varchar)' %}
{% set _ = parts.append(identifying(value, part.declared)) %}
{% endfor %}
{{ combined_value(parts) }}
{%- endmacro %}
