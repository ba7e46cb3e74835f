{#- The order in which a table holds its rows, by these columns. -#}
{% macro table_order(columns) -%}
order by
    {{ columns | join(',\n    ') }}
{%- endmacro %}
