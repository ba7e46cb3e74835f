{#- A boolean as `true` or `false`. -#}
{% macro cast_bool_to_text(expression) -%}
cast(({{ expression }}) as varchar)
{%- endmacro %}
