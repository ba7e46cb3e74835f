{#-
    An aggregate: the sum of a decimal(38, 10); null where it has more digits.
    Large amounts, which few are, are added as whole parts: these have room for
    more than any number of lines can add up to.
-#}
{% macro exact_sum(amount) -%}
{% set is_large = 'abs(' ~ amount ~ ') >= 1000000000000000' %}
{% set large = '(case when ' ~ is_large ~ ' then ' ~ amount ~ ' end)' %}
{% set small = 'case when not ' ~ is_large ~ ' then ' ~ amount ~ ' end' %}
{% set rest -%}
(
                    sum({{ large }} - trunc({{ large }}))
                    + coalesce(sum({{ small }}), 0)
                )
{%- endset %}
{% set whole -%}
(
                    sum(cast(trunc({{ large }}) as hugeint))
                    + cast(trunc({{ rest }}) as hugeint)
                )
{%- endset %}
case
            when count({{ large }}) = 0
                then sum({{ small }})
            when abs({{ whole }}) < cast(1{{ '0' * 28 }} as hugeint)
                then
                    cast({{ whole }} as decimal(38, 10))
                    + {{ rest }} - trunc({{ rest }})
        end
{%- endmacro %}
