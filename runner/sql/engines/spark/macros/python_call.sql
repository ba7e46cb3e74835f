{#-
    The answer of a Python function of the project, a record, for rows that meet
    a condition. The engine calls it on rows: see `step_call.py`.
-#}
{% macro python_call(call, condition='') -%}
{{ call.name }}(
            {{ condition or 'true' }},
{% for _, value in call.given %}
            cast(
                {{ written(value) }}
            as string){{ ',' if not loop.last }}
{% endfor %}
        )
{%- endmacro %}
