{#-
    The value by which a profile itself is found, of columns that hold its
    properties as `identifier_text`; null where it identifies no one.
-#}
{% macro identifier_value(identifier) -%}
{% set parts = [] %}
{% for property, declared in identifier.parts %}
{% set _ = parts.append(identifying(name(property), declared)) %}
{% endfor %}
{{ combined_value(parts) }}
{%- endmacro %}
