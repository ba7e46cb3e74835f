{#-
    The value by which a row finds its profile; null where it identifies no one
    (P2).
-#}
{% macro key_value(key) -%}
{% set parts = [] %}
{% for part in key.parts %}
{% set _ = parts.append(identifying(key_part(key, part), part.declared)) %}
{% endfor %}
{{ combined_value(parts) }}
{%- endmacro %}
