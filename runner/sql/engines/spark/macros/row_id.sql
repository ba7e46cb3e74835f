{#-
    The number of a row in a table that a step made: a column that each such
    table is given when it is written.
-#}
{% macro row_id(relation) -%}
{{ relation }}._row_id
{%- endmacro %}
