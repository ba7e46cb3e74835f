{#-
    What a sum must stay below to fit the type of its property, as a double.
-#}
{% macro sum_limit(type) -%}
{% if type == 'integer' %}
9223372036854774784.0
{%- elif type == 'decimal' %}
1e28
{%- else %}
{% set digits = type[8:-1].split(',') %}
1e{{ [digits[0] | int - digits[1] | int, 28] | min }}
{%- endif %}
{%- endmacro %}
