{#- One of the rows of a relation that have the same values of keys. -#}
{% macro one_row_each(relation, keys) -%}
select distinct on ({{ keys | join(', ') }}) *
    from {{ relation }}
{%- endmacro %}
