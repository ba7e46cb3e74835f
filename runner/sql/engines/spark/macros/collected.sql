{#-
    An aggregate: a list of values, in the order of an expression, or in any.
    A null is no value: filter such rows out.
-#}
{% macro collected(value, order=none, is_distinct=false, where=none) -%}
{% set where = ' filter (where ' ~ where ~ ')' if where else '' %}
{% if order %}
transform(
            array_sort(collect_list(
                named_struct('position', {{ order }}, 'value', {{ value }})
            ){{ where }}),
            entry -> entry.value
        )
{%- else %}
nullif(
            collect_{{ 'set' if is_distinct else 'list' }}({{ value }})
            {{- where }}, array())
{%- endif %}
{%- endmacro %}
