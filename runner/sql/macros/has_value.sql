{#- Whether a property has a value (X1): empty text and list are none. -#}
{% macro has_value(column) -%}
{% if column.declared.multi %}
{{ item_count(column.relation_column) }} > 0
{%- elif column.declared.type == 'text' %}
{{ column.relation_column }} != ''
{%- else %}
{{ column.relation_column }} is not null
{%- endif %}
{%- endmacro %}
