{#-
    An aggregate: the value with the greatest order, nulls left out. Of several
    orders (a list) each counts where those before it are equal.
-#}
{% macro last_by(value, order) -%}
{% set orders = order | join(', ') if order is not string %}
arg_max({{ value }}, {{ '(' ~ orders ~ ')' if orders else order }})
{%- endmacro %}
