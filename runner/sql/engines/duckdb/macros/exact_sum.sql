{#-
    An aggregate: the sum of a decimal(38, 10); null where it has more digits. A
    sum of whole parts has room for more than any number of lines can add up to.
-#}
{% macro exact_sum(amount) -%}
case
            when
                abs(sum(cast(trunc({{ amount }}) as hugeint)))
                < cast(10000000000000000000000000000 as hugeint)
                then
                    cast(
                        sum(cast(trunc({{ amount }}) as hugeint))
                        as decimal(38, 10)
                    ) + sum({{ amount }} - trunc({{ amount }}))
        end
{%- endmacro %}
