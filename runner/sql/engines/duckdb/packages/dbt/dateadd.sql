{#- A time so many days, months ... later. -#}
{% macro dateadd(datepart, interval, from_date_or_timestamp) -%}
date_add(
    {{ from_date_or_timestamp }},
    interval ({{ interval }}) {{ datepart }}
)
{%- endmacro %}
