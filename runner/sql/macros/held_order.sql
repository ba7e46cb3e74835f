{#-
    What rows were ordered by (`latest_by`), to compare: rows without it come
    first.
-#}
{% macro held_order(column) -%}
coalesce({{ column }}, cast('-1000000000000000000000000000' as decimal(38, 10)))
{%- endmacro %}
