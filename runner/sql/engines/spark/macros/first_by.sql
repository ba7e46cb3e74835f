{#-
    An aggregate: the value with the least order, nulls left out. Of several
    orders (a list) each counts where those before it are equal.
-#}
{% macro first_by(value, order) -%}
{% if order is not string %}
{% set order = 'struct(' ~ order | join(', ') ~ ')' %}
{% endif %}
min_by({{ value }}, case when {{ value }} is not null then {{ order }} end)
{%- endmacro %}
