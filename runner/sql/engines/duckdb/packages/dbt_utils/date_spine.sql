{#- Grain: one row per day, month ... from a date up to another, without it. -#}
{% macro date_spine(datepart, start_date, end_date) -%}
select range as date_{{ datepart }}
from range(
    cast({{ start_date }} as timestamp),
    cast({{ end_date }} as timestamp),
    interval 1 {{ datepart }}
)
{%- endmacro %}
