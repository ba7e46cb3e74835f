{#- A value, list or record as JSON. -#}
{% macro json_of(value) -%}
to_json({{ value }})
{%- endmacro %}
