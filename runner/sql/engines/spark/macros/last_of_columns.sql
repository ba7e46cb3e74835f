{#-
    Aggregates: of each column that `but` does not name, under its name, the
    value with the greatest order, nulls left out.
-#}
{% macro last_of_columns(but, order) -%}
max_by(each_column(* exclude (
{% for column in but %}
            {{ column }}{{ ',' if not loop.last }}
{% endfor %}
        )), {{ order }})
{%- endmacro %}
