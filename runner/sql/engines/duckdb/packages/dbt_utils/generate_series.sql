{#- Grain: one row per whole number from 1 up to a bound. -#}
{% macro generate_series(upper_bound) -%}
select range as generated_number
from range(1, {{ upper_bound }} + 1)
{%- endmacro %}
