{#- The type of texts. -#}
{% macro type_string() -%}
varchar
{%- endmacro %}
