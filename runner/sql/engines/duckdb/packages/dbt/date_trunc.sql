{#- The beginning of the day, month ... that holds a time. -#}
{% macro date_trunc(datepart, date) -%}
date_trunc('{{ datepart }}', {{ date }})
{%- endmacro %}
