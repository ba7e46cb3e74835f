{#- A column per value, which adds up a number for the rows that have it. -#}
{% macro pivot(column, values, alias=true, agg='sum', cmp='=', prefix='',
    suffix='', then_value=1, else_value=0, quote_identifiers=true,
    distinct=false) -%}
{%- for value in values %}
    {%- set label = prefix ~ value ~ suffix %}
    {{ agg }}(
        {{ 'distinct ' if distinct }}case
            when {{ column }} {{ cmp }} {{ value | string | text }}
                then {{ then_value }}
            {{ 'else ' ~ else_value if else_value is not none }}
        end
    )
    {%- if alias %} as {{ label | name if quote_identifiers else label }}
    {%- endif %}
    {{- ',' if not loop.last }}
{%- endfor %}
{%- endmacro %}
