{#- How many borders of days, months ... lie between two times. -#}
{% macro datediff(first_date, second_date, datepart) -%}
date_diff(
    '{{ datepart }}',
    cast({{ first_date }} as timestamp),
    cast({{ second_date }} as timestamp)
)
{%- endmacro %}
