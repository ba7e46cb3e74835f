{#- A text between single quotes. -#}
{% macro string_literal(value) -%}
'{{ value }}'
{%- endmacro %}
