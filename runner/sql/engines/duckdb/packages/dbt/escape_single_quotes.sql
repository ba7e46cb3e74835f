{#- A text as it stands between single quotes. -#}
{% macro escape_single_quotes(expression) -%}
{{ expression | replace("'", "''") }}
{%- endmacro %}
