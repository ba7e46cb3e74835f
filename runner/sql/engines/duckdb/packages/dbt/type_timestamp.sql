{#- The type of times. -#}
{% macro type_timestamp() -%}
timestamp
{%- endmacro %}
