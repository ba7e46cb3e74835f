{#- What is in both queries. -#}
{% macro intersect() -%}
intersect
{%- endmacro %}
