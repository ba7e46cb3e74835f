{#-
    An aggregate: a list of values, in the order of an expression, or in any.
    A null is no value: filter such rows out.
-#}
{% macro collected(value, order=none, is_distinct=false) -%}
list(
            {{- 'distinct ' if is_distinct }}{{ value }}
            {{- ' order by ' ~ order if order }})
{%- endmacro %}
