{#- A value of a group, whichever. -#}
{% macro any_value(expression) -%}
any_value({{ expression }})
{%- endmacro %}
