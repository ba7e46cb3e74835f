{#-
    Nothing: files of a cluster hold the rows of a table in no order, and Sail
    fails to sort by a column that is null and is equal to one of a left join.
-#}
{% macro table_order(columns) -%}
{%- endmacro %}
