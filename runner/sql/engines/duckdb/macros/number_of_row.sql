{#-
    A number of its own for each row of a CTE; `columns` are its key. A CTE is
    computed once, so that its rows keep their numbers.
-#}
{% macro number_of_row(columns) -%}
row_number() over ()
{%- endmacro %}
