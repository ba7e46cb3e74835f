{#- How many characters a text has. -#}
{% macro length(expression) -%}
length({{ expression }})
{%- endmacro %}
