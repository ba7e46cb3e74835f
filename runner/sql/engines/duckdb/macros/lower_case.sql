{#- A text in lower case, each character for itself. -#}
{% macro lower_case(value) -%}
lower({{ value }})
{%- endmacro %}
