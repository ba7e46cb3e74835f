{#-
    An aggregate: the value with the least order, nulls left out. Of several
    orders (a list) each counts where those before it are equal.
-#}
{% macro first_by(value, order) -%}
{% set orders = order | join(', ') if order is not string %}
arg_min({{ value }}, {{ '(' ~ orders ~ ')' if orders else order }})
{%- endmacro %}
