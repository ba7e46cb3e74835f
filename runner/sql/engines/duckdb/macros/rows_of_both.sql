{#-
    All rows of two relations, by the names of their columns: one that a
    relation lacks is null in its rows.
-#}
{% macro rows_of_both(relation, other) -%}
select * from {{ relation }}
    union all by name
    select * from {{ other }}
{%- endmacro %}
