{#-
    All rows of two relations, by the names of their columns: one that a
    relation lacks is null in its rows.
-#}
{% macro rows_of_both(relation, other) -%}
{% set both = '(' ~ relation ~ ', ' ~ other ~ ')' %}
select {{ relation }}.* matched {{ both }} from {{ relation }}
    union all
    select {{ other }}.* matched {{ both }} from {{ other }}
{%- endmacro %}
