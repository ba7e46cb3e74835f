{#-
    A number of its own for each row of a CTE; `columns` are its key. A CTE is
    computed for each query that reads it: by their order rows keep theirs.
-#}
{% macro number_of_row(columns) -%}
row_number() over (order by {{ columns | join(', ') }})
{%- endmacro %}
