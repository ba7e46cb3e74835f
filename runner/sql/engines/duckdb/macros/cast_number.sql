{#-
    Digits as a number; one that fits is read as 64 bits: DuckDB takes a hundred
    times as long to read text as a decimal of 128.
-#}
{% macro cast_number(plain, type) -%}
{% if type == 'decimal' %}
case
            when regexp_full_match(
                {{ plain }}, '[-+]?[0-9]{1,8}(\.[0-9]{0,10})?'
            )
                then cast(
                    try_cast({{ plain }} as decimal(18, 10)) as decimal(38, 10)
                )
            else try_cast({{ plain }} as decimal(38, 10))
        end
{%- else %}
try_cast({{ plain }} as {{ sql_type(type) }})
{%- endif %}
{%- endmacro %}
