{#- What is in the first query alone. -#}
{% macro except() -%}
except
{%- endmacro %}
