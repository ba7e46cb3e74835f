{#- Whether an expression is true in a row of a group. -#}
{% macro bool_or(expression) -%}
bool_or({{ expression }})
{%- endmacro %}
