{#- Whether a property has a value: empty text and an empty list are none (X1). -#}
{% macro has_value(column, declared) -%}
{% if declared.multi %}
len({{ column }}) > 0
{%- elif declared.type == 'text' %}
{{ column }} != ''
{%- else %}
{{ column }} is not null
{%- endif %}
{%- endmacro %}
