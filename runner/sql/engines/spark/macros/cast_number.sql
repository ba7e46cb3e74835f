{#- Digits as a number. -#}
{% macro cast_number(plain, type) -%}
{% if type == 'integer' %}
try_cast(split_part({{ plain }}, '.', 1) as bigint)
{%- else %}
{% set type = sql_type(type) %}
{# Some servers read no exponents in decimals. #}
case
            when {{ plain }} rlike '[eE]'
                then try_cast(try_cast({{ plain }} as double) as {{ type }})
            else try_cast({{ plain }} as {{ type }})
        end
{%- endif %}
{%- endmacro %}
