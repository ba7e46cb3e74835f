{#-
    The value by which a profile itself is found; null where it identifies no
    one.
-#}
{% macro identifier_value(identifier) -%}
{% set parts = [] %}
{% for property, declared in identifier.parts %}
{% set value = 'cast(' ~ name(property) ~ ' as string)' %}
{% set _ = parts.append(identifying(identifier_text(value), declared)) %}
{% endfor %}
{{ combined_value(parts) }}
{%- endmacro %}
