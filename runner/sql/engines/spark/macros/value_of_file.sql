{#-
    An aggregate over the rows of one file: the value that they give a property.
    For `set_or_clear` it is inside a struct, null where no row gives any.
-#}
{% macro value_of_file(item, order=none) -%}
{% set value = item.column %}
{% if item.declared.multi %}
{% set value = parse_values(value, item) %}
{% endif %}
{% if order %}
{{ last_by(value, [held_order(order.column), 'row_order']) }}
{%- elif item.strategy in ('max', 'min') %}
{{ item.strategy }}({{ item.column }})
{%- elif item.strategy == 'set_or_clear' %}
max_by(named_struct('value', {{ value }}), row_order) {{ where_parsed(item) }}
{%- elif item.strategy == 'remove' and item.declared.multi %}
flatten({{ collected(value, is_distinct=true) }})
{%- elif item.strategy == 'remove' %}
{{ collected(value, is_distinct=true) }}
{%- else %}
{{ last_by(value, 'row_order') }}
{%- endif %}
{%- endmacro %}
