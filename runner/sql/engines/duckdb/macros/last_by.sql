{#-
    An aggregate: the value with the greatest order, nulls left out. Of several
    orders (a list) each counts where those before it are equal.
-#}
{% macro last_by(value, order) -%}
{% if order is string %}
arg_max({{ value }}, {{ order }})
{%- else %}
arg_max({{ value }}, ({{ order | join(', ') }}))
{%- endif %}
{%- endmacro %}
