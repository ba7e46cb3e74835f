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
arg_max({{ value }}, {
            'held': {{ held_order(order.column) }}, 'row_order': row_order
        }) filter (where {{ item.column }} is not null)
{%- elif item.strategy in ('max', 'min') %}
{{ item.strategy }}({{ item.column }})
{%- elif item.strategy == 'set_or_clear' %}
arg_max({'value': {{ value }}}, row_order) {{ where_parsed(item) }}
{%- elif item.strategy == 'remove' and item.declared.multi %}
flatten(list(distinct {{ value }}))
{%- elif item.strategy == 'remove' %}
list(distinct {{ value }})
{%- elif item.declared.multi %}
arg_max({{ value }}, row_order) filter (where {{ item.column }} is not null)
{%- else %}
arg_max({{ value }}, row_order)
{%- endif %}
{%- endmacro %}
