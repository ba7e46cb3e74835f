{#-
    An aggregate: the sum of a decimal(38, 10); null where it has more digits.
    Large amounts, which few are, are added as whole parts: these have room for
    more than any number of lines can add up to.
-#}
{% macro exact_sum(amount) -%}
{% set is_large = 'abs(' ~ amount ~ ') >= 1000000000000000' %}
{% set large = 'case when ' ~ is_large ~ ' then floor(' ~ amount ~ ') end' %}
{% set whole = 'sum(cast(' ~ large ~ ' as decimal(38, 0)))' %}
{% set part = amount ~ ' - if(' ~ is_large ~ ', floor(' ~ amount ~ '), 0)' %}
{% set part = 'try_sum(cast(' ~ part ~ ' as decimal(38, 10)))' %}
{% set total = whole ~ ' + cast(floor(' ~ part ~ ') as decimal(38, 0))' %}
case
            when count({{ large }}) = 0
                then {{ part }}
            when abs({{ total }}) < cast('1{{ '0' * 28 }}' as decimal(38, 0))
                then try_cast({{ whole }} as decimal(38, 10)) + {{ part }}
        end
{%- endmacro %}
