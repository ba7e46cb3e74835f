{#- The rows of a batch, each with its profile and outcome. -#}
{% macro rows_with_links(rows, links) -%}
{{ rows }} as rows_read
inner join {{ links }} as links
    on {{ row_id('rows_read') }} = links.row_id
{%- endmacro %}
