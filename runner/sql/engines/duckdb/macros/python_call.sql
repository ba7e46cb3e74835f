{#-
    The answer of a Python function of the project, a record, for rows that meet
    a condition.
-#}
{% macro python_call(call, condition='') -%}
{{ 'case when ' ~ condition ~ ' then ' if condition }}{{ call.name }}(
{% for _, value in call.given %}
            cast(
                {{ written(value) }}
            as string){{ ',' if not loop.last }}
{% endfor %}
        ){{ ' end' if condition }}
{%- endmacro %}
