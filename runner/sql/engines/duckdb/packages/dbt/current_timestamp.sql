{#- The time of the statement. -#}
{% macro current_timestamp() -%}
current_timestamp
{%- endmacro %}
