{#-
    A hint for a CTE: what reads it sees through it, and reads no more of its
    inputs than it needs.
-#}
{% macro not_materialized() -%}
not materialized
{%- endmacro %}
