{#-
    An aggregate over the rows of one file: the value that they give a property.
-#}
{% macro value_of_file(item, order=none) -%}
{% set value = item.column %}
{% if item.declared.multi %}
{% set value = parse_values(value, item) %}
{% endif %}
{{ strategy_of(item, order).of_file(item, value, order) }}
{%- endmacro %}
