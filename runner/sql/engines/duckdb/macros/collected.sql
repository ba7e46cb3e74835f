{#-
    An aggregate: a list of values, in the order of an expression, or in any.
    A null is no value: leave such rows out by `where`.
-#}
{% macro collected(value, order=none, is_distinct=false, where=none) -%}
list(
            {{- 'distinct ' if is_distinct }}{{ value }}
            {{- ' order by ' ~ order if order }})
            {{- ' filter (where ' ~ where ~ ')' if where }}
{%- endmacro %}
