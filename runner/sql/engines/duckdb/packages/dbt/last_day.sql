{#- The last day of the month, quarter or year that holds a date. -#}
{% macro last_day(date, datepart) -%}
cast(
    date_trunc('{{ datepart }}', {{ date }})
    + interval 1 {{ datepart }} - interval 1 day as date
)
{%- endmacro %}
