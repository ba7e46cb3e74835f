{#- Two tables with the same rows, joined by the number of each. -#}
{% macro side_by_side(rows, links) -%}
{{ rows }} as rows_read
inner join {{ links }} as links
    on rows_read._row_id = links.row_id
{%- endmacro %}
