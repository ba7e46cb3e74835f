{#-
    The number of a row in a table that a step made, in the order in which its
    rows were written.
-#}
{% macro row_id(relation) -%}
{{ relation }}.rowid
{%- endmacro %}
